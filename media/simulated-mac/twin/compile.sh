#!/bin/sh
# Compiles a file for a twin:  sh compile.sh COMPILER ARGUMENTS
# clang gives up at the first header that isn't there. Here an empty one stands in for it and the file is looked at
# again, so that all of them are named; what else is wrong then only follows from that, and isn't told.

said=$("$@" 2>&1)
status=$?
missing() { printf '%s\n' "$said" | sed -n "s/.*: fatal error: '\(.*\)' file not found.*/\1/p"; }

header=$(missing)
if [ -z "$header" ]; then
	[ -z "$said" ] || printf '%s\n' "$said" >&2
	exit $status
fi
standins=$(mktemp -d) || exit 1
trap 'rm -rf "$standins"' EXIT
before=
while [ -n "$header" ] && [ "$header" != "$before" ]; do
	printf '%s\n' "$said" | grep -A 3 ": fatal error: '" >&2
	case $header in /* | *..*) break ;; esac
	mkdir -p "$standins/$(dirname "$header")"
	: > "$standins/$header"
	before=$header
	said=$("$@" -fsyntax-only -isystem "$standins" -iquote "$standins" 2>&1)
	header=$(missing)
done
exit 1
