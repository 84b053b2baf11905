EXTRA_DIST += tools nginx systemd docs
