# rights.pm: what the tests of rights share: the table of routes, connections that are kept, the ledger of what a request wrote.
package rights;
use strict;
use warnings;
use FindBin;
use IO::Handle;
use IO::Socket::INET;
use IPC::Open2;
use Exporter 'import';
our @EXPORT = qw(%facts routes_read facts_read fact path_of body_of ledger_open ledger_undo ledger_close ledger_sql ask encoded);

# The rows of routes.def, in order: method, pattern, role, cache, formats, and whether a browser is answered with a page.
sub routes_read {
	my ($file) = @_;
	my @rows;
	open my $in, '<', $file or die "$file: $!\n";
	while (<$in>) {
		my ($method, $pattern, $role, $cache, $schema, $formats) = /^ROUTE\((\w+), "([^"]+)", \w+, (\w+), (\w+), (\w+), ([^"]+), "/ or next;
		push @rows, { key => "$method $pattern", method => $method, pattern => $pattern, role => $role, cache => $cache, schema => $schema, formats => $formats,
			html => scalar($formats =~ /F_HTML|F_FILE/) };
	}
	return @rows;
}

our %facts;
# Whom a token speaks for: their things are its own.
my %for = (jeton_lire => 'contributeur', jeton_ecrire => 'contributeur', jeton_mort => 'contributeur', jeton_relire => 'animateur', jeton_sans => 'animateur', jeton_tout => 'animateur');
sub facts_read {
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	while (<$in>) { chomp; $facts{$1} = $2 if /^([\w.]+)=(.*)$/ }
}
sub fact {
	my ($kind, $object, $role) = @_;
	return $facts{$kind} if defined $facts{$kind} && $kind =~ /\./;
	return $facts{"$kind.none"} // 999999999 if $object eq 'none';
	$role = $for{$role} // $role;
	# Nobody's own: that of others.
	return $facts{"$kind.$object.$role"} // $facts{"$kind.$object"} // $facts{"$kind.own"} // $facts{"$kind.other"} // die "no fact $kind.$object.$role\n";
}
# Where a row is asked, and what is sent there; see matrix.pl.
sub path_of {
	my ($row, $role, $object) = @_;
	my ($path, $query, $n) = ($row->{pattern}, '', 0);
	for ($row->{fill} eq '-' ? () : split ' ', $row->{fill}) {
		my ($asked, $name, $literal, $what) = /^(\??)(\w+)=(=?)(.+)$/ or die "$row->{line}: cannot read $_\n";
		my $value = $literal ? $what : fact($what, $object eq 'cross' ? $n++ ? 'other' : 'own' : $object, $role);
		if ($asked) { $query .= ($query eq '' ? '?' : '&') . "$name=" . encoded($value) }
		else { $path =~ s/\{$name\}/$value/ or die "$row->{line}: no {$name}\n" }
	}
	die "$row->{line}: $path is not filled\n" if $path =~ /\{/;
	return $path . $query;
}
sub body_of {
	my ($row, $role, $object) = @_;
	return '' if $row->{body} eq '-';
	my $body = $row->{body};
	my $json = $body =~ s/^json://;
	my $value = sub { my $f = fact($_[0], $object eq 'cross' ? 'own' : $object, $role); return $json ? $f : encoded($f) };
	$body =~ s/=([^&{]*)(?=&|$)/'=' . encoded($1)/ge unless $json;
	$body =~ s/\{([a-z_.]+)\}/$value->($1)/ge;
	return $body;
}
my ($to, $from, $psql);
# One psql for the whole test: an answer of one line to each statement.
sub ledger_open {
	$psql = open2($from, $to, "$ENV{top_srcdir}/tools/cluster.sh", 'psql', "$ENV{VAR}/postgresql", qw(-XqAt -d catalyse));
	$to->autoflush(1);
	my $done = ledger_sql("set client_min_messages to error;\n\\i $FindBin::Bin/ledger.sql\nselect 'there'");
	die "the ledger could not be made: $done\n" unless $done eq 'there';
}
sub ledger_sql {
	my ($statement) = @_;
	print $to "$statement;\n\\echo =\n";
	my $said = '';
	while (defined(my $line = <$from>)) {
		return $said if $line eq "=\n";
		chomp $line;
		$said .= length $said ? "\n$line" : $line;
	}
	die "psql is gone\n";
}
# What that request wrote ("private.work 1, private.journal 1", or "-"), taken back.
sub ledger_undo {
	my ($id) = @_;
	$id =~ /^[0-9a-zA-Z-]+$/ or die "no request is called $id\n";
	my $said = ledger_sql("select ledger.undo('$id')");
	die "what $id wrote could not be taken back\n" unless length $said;
	return $said;
}
sub ledger_close {
	return unless $psql;
	ledger_sql('set client_min_messages to error; drop schema ledger cascade');
	close $to;
	local $?; # called at the end, whose status is the test's
	waitpid $psql, 0;
	undef $psql;
}

# A browser whose connection is kept. Head and body leave in one write: in two, each answer would wait for an acknowledgement.
# In hand: status, head (names in small letters), body. Nothing is followed.
my (%kept, $rest);
sub ask {
	my ($method, $path, $headers, $body) = @_;
	my ($host) = $ENV{BASE} =~ m{^http://([^/]+)} or die "BASE\n";
	my $sends = defined $body && $method ne 'GET' && $method ne 'HEAD';
	my $text = join "\r\n", "$method $path HTTP/1.1", "Host: $host", (map { "$_: $headers->{$_}" } sort keys %$headers), $sends ? 'Content-Length: ' . length $body : (), '', $sends ? $body : '';
	for my $try (1, 2) {
		my $s = $kept{socket} //= do { $rest = ''; IO::Socket::INET->new(PeerAddr => $host, Timeout => 30) // die "$host: $!\n" };
		if (defined syswrite($s, $text) && defined(my $answer = answer_read($s, $method))) {
			delete $kept{socket} if ($answer->{head}{connection} // '') eq 'close';
			return $answer;
		}
		delete $kept{socket}; # it was closed meanwhile
	}
	die "no answer to $method $path\n";
}
sub more { my ($s) = @_; return sysread $s, $rest, 65536, length $rest }
sub answer_read {
	my ($s, $method) = @_;
	while ($rest !~ /\r\n\r\n/) { more($s) or return undef }
	$rest =~ s/\A(.*?\r\n)\r\n//s;
	my ($status, @lines) = split /\r\n/, $1;
	my %answer = (status => ($status =~ / (\d+)/)[0], lines => \@lines, head => { map { /^([^:]+): *(.*)/ ? (lc $1 => $2) : () } @lines }, body => '');
	return \%answer if $method eq 'HEAD' || $answer{status} == 304 || $answer{status} == 204;
	if (($answer{head}{'transfer-encoding'} // '') eq 'chunked') {
		for (;;) {
			while ($rest !~ /\r\n/) { more($s) or return undef }
			$rest =~ s/\A([0-9a-fA-F]+)[^\r]*\r\n// or die "a bad chunk\n";
			my $n = hex $1;
			while (length $rest < $n + 2) { more($s) or return undef }
			$answer{body} .= substr $rest, 0, $n;
			substr $rest, 0, $n + 2, '';
			last if $n == 0;
		}
	} else {
		my $n = $answer{head}{'content-length'} // 0;
		while (length $rest < $n) { more($s) or return undef }
		$answer{body} = substr $rest, 0, $n, '';
	}
	return \%answer;
}

sub encoded {
	my ($text) = @_;
	utf8::encode($text) if utf8::is_utf8($text);
	$text =~ s/([^A-Za-z0-9_.~-])/sprintf '%%%02X', ord $1/ge;
	return $text;
}
1;
