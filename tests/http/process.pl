#!/usr/bin/perl
# What stands around catalysed when neither nginx nor systemd does: for 86-process.sh.
#   process.pl ask PORT FROM URI       one FastCGI request over TCP from the address FROM; prints the answer's STDOUT
#   process.pl notify SOCKET LOG       writes what is sent to NOTIFY_SOCKET, one line a message, until it is ended
#   process.pl held SOCKET COMMAND...  runs the command with a listening socket as systemd passes it
use strict;
use warnings;
use Fcntl;
use IO::Socket::INET;
use IO::Socket::UNIX;

sub record { my ($type, $body) = @_; return pack('CCnnCC', 1, $type, 1, length $body, 0, 0) . $body }
my $verb = shift // '';
if ($verb eq 'ask') {
	my ($port, $from, $uri) = @ARGV;
	my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, LocalAddr => $from, Timeout => 5) or die "connect: $!";
	my ($path, $query) = split /\?/, $uri, 2;
	my %env = (REQUEST_METHOD => 'GET', REQUEST_URI => $uri, DOCUMENT_URI => $path, QUERY_STRING => $query // '', HTTP_HOST => 'essai',
		REMOTE_ADDR => '127.0.0.1', SERVER_PROTOCOL => 'HTTP/1.1');
	my $params = join '', map { pack('NN', length($_) | 0x80000000, length($env{$_}) | 0x80000000) . $_ . $env{$_} } sort keys %env;
	local $SIG{PIPE} = 'IGNORE';
	local $SIG{ALRM} = sub { exit 4 };
	alarm 10;
	print $s record(1, pack('nCx5', 1, 0)) . record(4, $params) . record(4, '') . record(5, '');
	$s->flush;
	my ($in, $out, $ended) = ('', '', 0);
	while (!$ended && sysread($s, $in, 65536, length $in)) {
		while (length $in >= 8) {
			my (undef, $type, undef, $length, $pad) = unpack 'CCnnC', $in;
			last if length $in < 8 + $length + $pad;
			$out .= substr $in, 8, $length if $type == 6;
			$ended = 1 if $type == 3;
			substr($in, 0, 8 + $length + $pad) = '';
		}
	}
	print $out;
	exit($ended ? 0 : 3);
} elsif ($verb eq 'notify') {
	my ($path, $log) = @ARGV;
	my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $path) or die "$path: $!";
	open my $f, '>>', $log or die "$log: $!";
	$f->autoflush(1);
	while (defined $s->recv(my $m, 4096)) { print $f join('|', split /\n/, $m), "\n" }
} elsif ($verb eq 'held') {
	my $path = shift;
	$^F = 10;
	my $s = IO::Socket::UNIX->new(Type => SOCK_STREAM, Local => $path, Listen => 16) or die "$path: $!";
	require POSIX;
	if (fileno $s != 3) { POSIX::dup2(fileno $s, 3); close $s }
	@ENV{qw(LISTEN_FDS LISTEN_PID)} = (1, $$);
	exec @ARGV or die "$ARGV[0]: $!";
} else {
	die "usage: see the top of the file\n";
}
