# common.awk: src/crypt/common.txt as a C text that crypt/password searches by halves. A list out of order fails the build.
/^#/ || /^$/ { next }
!/^[a-z0-9]+$/ || (n && ($0 "") <= (last "")) { print FILENAME ":" FNR ": not folded, or not in order" > "/dev/stderr"; bad = 1; exit 1 }
!n++ { print "/* Made by tools/common.awk. */\n#include \"crypt/common.h\"\n\nconst char password_common[] =" }
{ print "\t\"" $0 "\\n\""; last = $0 }
END { if (!bad) print "\t;\nconst size_t password_common_size = sizeof(password_common) - 1;" }
