#!/usr/bin/perl
# Requests that are forged, to every route that is sent to: where they come from x what they say of their origin x method x type, in the
# name of an administrateur whose browser holds the session, with a good token of the form and a body that would be done. 92-forged.sh.
#   forged.pl ROUTES MATRIX FACTS    what differs from what is expected, a line each; exit status 1 when something does
# And every page is read, by GET and HEAD, from anywhere: nothing is written. WHOLE=1 crosses everything at every route (make check-chaos).
# Otherwise each route meets every origin once, with every site and every type among them; of any five that follow each other, every two of a
# site, an origin and a type are met; of any twenty, every three.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use rights;

my ($routes_file, $matrix_file, $facts_file) = @ARGV;
my @routes = routes_read($routes_file);
my %row; # of each route, the first of the matrix
open my $in, '<', $matrix_file or die "$matrix_file: $!\n";
while (<$in>) {
	chomp;
	next if /^[#=@]/ || !length;
	my ($method, $pattern, $fill, $body) = split /\t+/;
	$row{"$method $pattern"} //= { line => $., pattern => $pattern, fill => $fill, body => $body };
}
close $in;
facts_read($facts_file);
ledger_open();
END { ledger_close() }

my $base = $ENV{BASE};
my %me = (Cookie => "session=$facts{'session.administrateur'}", Accept => 'text/html');
my ($jeton) = ask('GET', '/compte', \%me)->{body} =~ /name="jeton" value="([^"]+)"/ or die "no form at /compte\n";
my @sites = ('same-origin', 'none', 'same-site', 'cross-site', undef);
my @origins = ($base, 'https://ailleurs.example', 'null', "$base.ailleurs.example", ($base =~ s/:\d+$//r) . ':1', undef);
my @types = qw(application/x-www-form-urlencoded multipart/form-data application/json text/plain);
my ($asked, $wrong) = (0, 0);
sub said { my ($v) = @_; return defined $v ? $v : 'absent' }
sub wrong { print "#   @_\n"; $wrong++ }

# The same fields, as each type has them.
sub sent {
	my ($body, $type) = @_;
	my @pairs = map { my ($n, $v) = split /=/, $_, 2; [$n, ($v // '') =~ s/%(..)/chr hex $1/ger] } split /&/, $body;
	return ($type, $body) if $type eq $types[0] || $type eq 'text/plain';
	if ($type eq 'application/json') {
		return ($type, '{' . join(',', map { my ($n, $v) = @$_; $v =~ s/(["\\])/\\$1/g; "\"$n\":\"$v\"" } grep { $_->[0] ne 'jeton' } @pairs) . '}');
	}
	return ("$type; boundary=matrice", join('', map { "--matrice\r\nContent-Disposition: form-data; name=\"$_->[0]\"\r\n\r\n$_->[1]\r\n" } @pairs) . "--matrice--\r\n");
}
sub send_it {
	my ($method, $path, $site, $origin, $type, $body) = @_;
	my %h = (%me, 'X-Forwarded-For' => join('.', 198, 20, int(rand 250), 1 + int(rand 250)));
	$h{'Sec-Fetch-Site'} = $site if defined $site;
	$h{Origin} = $origin if defined $origin;
	$asked++;
	($h{'Content-Type'}, my $bytes) = sent($body, $type);
	return ask($method, $path, \%h, $bytes);
}
sub written {
	my ($what) = @_;
	my $did = ledger_sql("select string_agg(distinct f.name, ', ') from ledger.line l join ledger.form f on f.tab = l.tab where l.request ~ '^[0-9a-f]{32}\$'");
	return unless length $did;
	wrong("$what: $did was written");
	ledger_sql('delete from ledger.line');
}

# What a route meets, [site, origin, kind] by their places: the origins are six, sites five and types four, so that one step of each from a
# route to the next leaves none out.
sub met {
	my ($route, $kinds) = @_;
	return map { my $o = $_; [($o + 3 * $route) % @sites, $o, ($o + $route) % $kinds] } 0 .. $#origins unless $ENV{WHOLE};
	return map { my $s = $_; map { my $o = $_; map { [$s, $o, $_] } 0 .. $kinds - 1 } 0 .. $#origins } 0 .. $#sites;
}
sub met_all { # whether any that many routes that follow each other met all there is of those two or three
	my ($routes, @of) = @_;
	my @many = (scalar @sites, scalar @origins, scalar @types);
	my $all = 1;
	$all *= $many[$_] for @of;
	for my $first (0 .. 19) {
		my %met = map { my $route = $_; map { (join(',', @$_[@of]) => 1) } met($route, scalar @types) } $first .. $first + $routes - 1;
		return 0 if keys %met != $all;
	}
	return 1;
}
wrong('not every site, origin and type is met with every other') unless met_all(1, 0) && met_all(1, 1) && met_all(1, 2) && met_all(5, 0, 1) && met_all(5, 0, 2) && met_all(5, 1, 2) && met_all(20, 0, 1, 2);

my $nth = 0;
for my $route (grep { $_->{method} ne 'GET' } @routes) {
	my $row = $row{ $route->{key} };
	my $object = $route->{pattern} =~ m{^/moderation/} && $row->{fill} ne '-' ? 'other' : 'own'; # one's own is for others to judge
	my ($path, $body) = (path_of($row, 'administrateur', $object), body_of($row, 'administrateur', $object));
	my $json = $row->{body} =~ /^json:/;
	# What is sent by a harvester, or by the button of a mail program, comes from anywhere: it has no session to abuse.
	my $anywhere = $route->{role} eq 'HARVESTER' || $route->{role} eq 'LINK';
	my $full = $json ? "jeton=$jeton&titre=Un+autre+titre&rev=1" : $anywhere ? $body : join '&', "jeton=$jeton", length $body ? $body : ();
	for (met($nth++, scalar @types)) {
		my ($site, $origin, $type) = ($sites[$_->[0]], $origins[$_->[1]], $types[$_->[2]]);
		my $here = defined $site ? $site eq 'same-origin' || $site eq 'none' : defined $origin && $origin eq $base;
		my $what = "$route->{key}, " . said($site) . ', ' . said($origin) . ", $type";
		if ($anywhere) {
			my $answer = send_it($route->{method}, $path, $site, $origin, $type, $full);
			my $want = $type eq 'text/plain' ? 415 : $type eq 'application/json' && $route->{role} eq 'LINK' ? 400 : 200; # no mail program sends JSON
			$answer->{status} == $want or wrong("$what: $answer->{status} instead of $want");
			my $did = ledger_undo($answer->{head}{'x-request-id'});
			wrong("$what: $did") if $did ne '-' && $route->{role} eq 'HARVESTER';
			next;
		}
		# From here: without the token of the form, or with JSON that is none: it is looked at, and refused for that.
		my $cut = $here && $type ne 'application/json' ? $full =~ s/^jeton=[^&]*&?//r || 'x=1' : $full;
		my $answer = $here && $type eq 'application/json'
			? do { my %h = (%me, 'Content-Type' => $type); $h{'Sec-Fetch-Site'} = $site if defined $site; $h{Origin} = $origin if defined $origin; $asked++; ask($route->{method}, $path, \%h, '{"') }
			: send_it($route->{method}, $path, $site, $origin, $type, $cut);
		my $want = !$here ? 403 : $type eq 'text/plain' ? 415 : $type eq 'application/json' ? 400 : 403;
		$answer->{status} == $want or wrong("$what: $answer->{status} instead of $want");
	}
	written($route->{key}) unless $anywhere;
	next if $anywhere;
	# With all that is needed, from here, each type that is read is taken: what was refused above was refused for where it came from.
	for my $type (@types[0 .. 2]) {
		my $answer = send_it($route->{method}, $path, 'same-origin', $base, $type, $full);
		my $did = ledger_undo($answer->{head}{'x-request-id'});
		next if $route->{pattern} eq '/compte/second-facteur/oter'; # who decides keeps it
		wrong("$route->{key}, from here, $type: $answer->{status}") if $answer->{status} == 403 || $answer->{status} == 415 || $answer->{status} >= 500;
	}
}
# Other methods at the same addresses, from everywhere: there are none. Each type in turn.
my %methods;
$methods{ $_->{pattern} }{ $_->{method} } = $_ for @routes;
for my $pattern (sort keys %methods) {
	my ($has) = grep { $_->{method} ne 'GET' } values %{ $methods{$pattern} } or next;
	my $path = path_of($row{ $has->{key} }, 'administrateur', 'own');
	my @absent = grep { !$methods{$pattern}{$_} } qw(POST PUT DELETE PATCH);
	for (met($nth++, scalar @absent)) {
		my ($site, $origin, $method, $type) = ($sites[$_->[0]], $origins[$_->[1]], $absent[$_->[2]], $types[($nth + $_->[1]) % @types]);
		my $answer = send_it($method, $path, $site, $origin, $type, "jeton=$jeton");
		$answer->{status} == 405 or wrong("$method $pattern, " . said($site) . ', ' . said($origin) . ", $type: $answer->{status} instead of 405");
	}
	written("other methods of $pattern");
}
# Pages, asked for by another site's page too.
for my $route (grep { $_->{method} eq 'GET' } @routes) {
	my $path = path_of($row{ $route->{key} }, 'administrateur', 'own');
	for my $method (qw(GET HEAD)) {
		my $answer = ask($method, $path, { %me, Accept => $route->{html} ? 'text/html' : '*/*', 'X-Forwarded-For' => join('.', 198, 20, int(rand 250), 1 + int(rand 250)), 'Sec-Fetch-Site' => 'cross-site', Origin => 'https://ailleurs.example' });
		$asked++;
		wrong("$method $path: $answer->{status}") if $answer->{status} == 403 && $route->{key} ne 'GET /fiches/{id}/signalements/{numero}' || $answer->{status} >= 500;
	}
	written($route->{key});
}
print "$asked\n";
exit($wrong ? 1 : 0);
