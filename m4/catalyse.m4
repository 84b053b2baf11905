# Our few macros: switches, warnings the compiler knows, hardening. CFLAGS stays the user's own.

AC_DEFUN([CATALYSE_SWITCHES], [
	AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [warnings end the build])])
	AC_ARG_ENABLE([sanitizers], [AS_HELP_STRING([--enable-sanitizers], [AddressSanitizer and UBSan])])
	AC_ARG_ENABLE([fuzzers], [AS_HELP_STRING([--enable-fuzzers], [libFuzzer targets, with clang])])
	AC_ARG_ENABLE([coverage], [AS_HELP_STRING([--enable-coverage], [gcov counters])])
	MODE_CFLAGS=
	AS_IF([test "$enable_sanitizers" = yes],
		[MODE_CFLAGS="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DARENA_MALLOC"])
	AS_IF([test "$enable_coverage" = yes], [MODE_CFLAGS="$MODE_CFLAGS --coverage -fprofile-update=atomic -O0"])
	AC_SUBST([MODE_CFLAGS])
	AM_CONDITIONAL([FUZZERS], [test "$enable_fuzzers" = yes])
	AM_CONDITIONAL([SANITIZERS], [test "$enable_sanitizers" = yes])
])

AC_DEFUN([CATALYSE_TRY_FLAG], [
	AC_MSG_CHECKING([whether $CC takes $2])
	saved_cflags=$CFLAGS
	CFLAGS="$CFLAGS -Werror $2"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])], [AC_MSG_RESULT([yes]); $1="$$1 $2"], [AC_MSG_RESULT([no])])
	CFLAGS=$saved_cflags
])

AC_DEFUN([CATALYSE_WARNINGS], [
	WARN_CFLAGS=
	m4_foreach_w([flag], [-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wundef
		-Wformat=2 -Wconversion -Wno-sign-conversion -Wimplicit-fallthrough -Wno-gnu-zero-variadic-macro-arguments],
		[CATALYSE_TRY_FLAG([WARN_CFLAGS], flag)])
	AS_IF([test "$enable_werror" = yes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
	AC_SUBST([WARN_CFLAGS])
])

AC_DEFUN([CATALYSE_HARDENING], [
	HARDEN_CFLAGS=
	m4_foreach_w([flag], [-fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection],
		[CATALYSE_TRY_FLAG([HARDEN_CFLAGS], flag)])
	AS_IF([test "$enable_sanitizers" != yes && test "$enable_coverage" != yes],
		[HARDEN_CFLAGS="$HARDEN_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"])
	HARDEN_LDFLAGS="-pie -Wl,-z,relro -Wl,-z,now"
	AC_SUBST([HARDEN_CFLAGS])
	AC_SUBST([HARDEN_LDFLAGS])
])

# Where nginx and systemd look; both can be told.
AC_DEFUN([CATALYSE_PLACES], [
	AC_ARG_WITH([nginx-dir], [AS_HELP_STRING([--with-nginx-dir=DIR],
		[the site goes to DIR/sites-available, its snippets to DIR/catalyse (an example under share/ by default)])],
		[nginxdir=$withval], [nginxdir='${datadir}/catalyse/nginx'])
	AC_SUBST([nginxdir])
	AC_ARG_WITH([systemdsystemunitdir], [AS_HELP_STRING([--with-systemdsystemunitdir=DIR], [folder of the units])],
		[systemdsystemunitdir=$withval], [PKG_CHECK_VAR([systemdsystemunitdir], [systemd], [systemdsystemunitdir], [],
			[systemdsystemunitdir='${prefix}/lib/systemd/system'])])
	AC_SUBST([systemdsystemunitdir])
])
