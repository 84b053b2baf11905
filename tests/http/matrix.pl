#!/usr/bin/perl
# Every route x every role x its object (own, of others, none): 97-matrix.sh runs it, the style test checks that no route is forgotten.
#   matrix.pl check ROUTES MATRIX             each route has one row, each row a route
#   matrix.pl run ROUTES MATRIX FACTS BASE    asks, and compares with what is expected (TAP, a line a route)
#   matrix.pl draft ROUTES MATRIX FACTS BASE  rows with what is answered now, to be judged, not trusted
#
# A row of matrix.tsv: method, pattern, what fills the pattern ("-", "id=fiche", "type==commune"; "==" is a literal), what is expected.
# Expected: "200" for those the route lets in; then "role=code", "role/object=code", "object=code", later ones over earlier ones.
# Roles and groups are below. What is not said follows from the role of the route (app/routes.def), as the gate has it.
use strict;
use warnings;
use HTTP::Tiny;

my @roles = qw(anonyme contributeur animateur ailleurs editeur administrateur lire ecrire sans_facteur);
my %groups = (tous => \@roles, signes => [qw(contributeur animateur ailleurs editeur administrateur)], relecteurs => [qw(animateur editeur administrateur)],
	jetons => [qw(lire ecrire)], autres => [qw(contributeur ailleurs)]);
my %rank = (anonyme => 0, contributeur => 1, lire => 1, ecrire => 1, animateur => 2, ailleurs => 2, sans_facteur => 2, editeur => 3, administrateur => 4);
my %wanted = (SELF => 1, CONTRIBUTOR => 1, FACILITATOR => 2, EDITOR => 3, ADMIN => 4);

my ($verb, $routes_file, $matrix_file, $facts_file, $base) = @ARGV;
die "usage: matrix.pl check|run|draft ROUTES MATRIX [FACTS BASE]\n" unless $matrix_file;

my (%routes, @order, %rows, $bad);
open my $in, '<', $routes_file or die "$routes_file: $!\n";
while (<$in>) {
	my ($method, $pattern, $role, $formats) = /^ROUTE\((\w+), "([^"]+)", \w+, (\w+), \w+, \w+, ([^"]+), "/ or next;
	$routes{"$method $pattern"} = { method => $method, pattern => $pattern, role => $role, html => scalar($formats =~ /F_HTML|F_FILE/) };
	push @order, "$method $pattern";
}
close $in;
@order = ((grep { $_ ne 'POST /deconnexion' } @order), grep { $_ eq 'POST /deconnexion' } @order); # it ends the sessions
open $in, '<', $matrix_file or die "$matrix_file: $!\n";
while (<$in>) {
	chomp;
	next if /^#/ || !length;
	my ($method, $pattern, $fill, $expect) = split /\t+/;
	if (!defined $expect) { print "$matrix_file:$.: four columns\n"; $bad = 1; next }
	my $key = "$method $pattern";
	if ($rows{$key}) { print "$matrix_file:$.: $key is there twice\n"; $bad = 1 }
	if (!$routes{$key}) { print "$matrix_file:$.: $key is no route of $routes_file\n"; $bad = 1 }
	$rows{$key} = { fill => $fill, expect => $expect };
}
close $in;
for (@order) {
	next if $rows{$_} || $verb eq 'draft';
	print "$matrix_file: no row for $_: say who may do what there\n";
	$bad = 1;
}
if ($verb eq 'check') { exit($bad ? 1 : 0) }

my %facts;
open $in, '<', $facts_file or die "$facts_file: $!\n";
while (<$in>) { chomp; $facts{$1} = $2 if /^([\w.]+)=(.*)$/ }
close $in;

# What answers whom: the gate's rules, before any page speaks.
sub default_code {
	my ($route, $role, $allowed) = @_;
	my ($want, $sends) = ($wanted{$route->{role}}, $route->{method} ne 'GET');
	return 403 if $role eq 'lire' && $sends && $route->{role} eq 'PUBLIC'; # anybody may post, but not in the name of a token that reads
	return $route->{role} eq 'HOST' ? 404 : $allowed unless defined $want;
	return !$sends && $route->{html} ? 303 : 401 if $role eq 'anonyme';
	if ($role eq 'lire' || $role eq 'ecrire') {
		return 403 if $route->{role} eq 'SELF' || $want > 1 || ($role eq 'lire') == $sends;
		return $allowed;
	}
	return 403 if $rank{$role} < $want;
	return !$sends && $route->{html} ? 303 : 403 if $role eq 'sans_facteur';
	return $allowed;
}
sub expected {
	my ($key, $role, $object) = @_;
	my ($route, $row) = ($routes{$key}, $rows{$key});
	my ($allowed, @rules) = split ' ', $row->{expect};
	my $code = default_code($route, $role, $object eq 'none' ? 404 : $allowed);
	for (@rules) { # a rule for an object alone is for those whom the gate lets in
		my ($where, $what) = split /=/;
		if ($where =~ /^(own|other|none)$/) {
			$code = $what if $where eq $object && default_code($route, $role, -1) == -1;
			next;
		}
		my ($who, $which) = split m{/}, $where;
		my @who = $groups{$who} ? @{ $groups{$who} } : ($who);
		$code = $what if (grep { $_ eq $role } @who) && (!defined $which || $which eq $object);
	}
	return $code;
}
sub path_of {
	my ($key, $role, $object) = @_;
	my $path = $routes{$key}{pattern};
	return $path if !$rows{$key} || $rows{$key}{fill} eq '-';
	for (split ' ', $rows{$key}{fill}) {
		my ($name, $literal, $what) = /^(\w+)=(=?)(.+)$/ or die "$key: cannot read $_\n";
		my $value = $literal ? $what : $facts{"$what.$object.$role"} // $facts{"$what.$object"} // die "$key: no fact $what.$object\n";
		$path =~ s/\{$name\}/$value/ or die "$key: no {$name}\n";
	}
	die "$key: $path is not filled\n" if $path =~ /\{/;
	return $path;
}
sub objects_of {
	my ($key) = @_;
	return ('own') unless $rows{$key} && $rows{$key}{fill} =~ /=[^=]/ && $rows{$key}{fill} =~ /\w=\w/;
	return qw(own other none);
}

my $http = HTTP::Tiny->new(max_redirect => 0, timeout => 30, keep_alive => 1);
sub ask {
	my ($route, $role, $path, $first) = @_;
	my %h = ('X-Forwarded-For' => join('.', 198, 19, int(rand 250), 1 + int(rand 250)), Accept => $route->{html} ? 'text/html' : '*/*');
	my %options = (headers => \%h);
	$h{Cookie} = "session=$facts{\"session.$role\"}" if $facts{"session.$role"};
	$h{Authorization} = "Bearer $facts{\"bearer.$role\"}" if $facts{"bearer.$role"};
	if ($route->{method} ne 'GET') {
		$h{'Content-Type'} = 'application/x-www-form-urlencoded';
		$h{'Sec-Fetch-Site'} = 'same-origin';
		$options{content} = $facts{"jeton.$role"} ? 'jeton=' . $facts{"jeton.$role"} : '';
	}
	my $answer = $http->request($route->{method}, $base . $path, \%options);
	return $answer->{status};
}
for my $role (@roles) { # the token of the forms, one a session
	next if $facts{"bearer.$role"};
	my $page = { method => 'GET', html => 1 };
	my %h = ('X-Forwarded-For' => '198.19.1.1', Accept => 'text/html');
	$h{Cookie} = "session=$facts{\"session.$role\"}" if $facts{"session.$role"};
	my $path = $role eq 'anonyme' ? '/connexion' : $role eq 'sans_facteur' ? '/connexion/second-facteur' : '/compte';
	my $answer = $http->get($base . $path, { headers => \%h });
	($facts{"jeton.$role"}) = $answer->{content} =~ /name="jeton" value="([^"]+)"/;
	die "no form for $role at $path: $answer->{status}\n" unless $facts{"jeton.$role"};
}
if ($verb eq 'draft') {
	for my $key (@order) {
		my %seen;
		for my $object (objects_of($key)) {
			for my $role (@roles) {
				my $path = eval { path_of($key, $role, $object) };
				push @{ $seen{$object} }, $role . '=' . (defined $path && $path !~ /\{/ ? ask($routes{$key}, $role, $path) : '?');
			}
		}
		print join("\t", split(/ /, $key, 2), $rows{$key} ? $rows{$key}{fill} : '-', join ' | ', map { "$_: @{ $seen{$_} }" } sort keys %seen), "\n";
	}
	exit 0;
}
my ($n, $failed, $asked) = (0, 0, 0);
for my $key (@order) {
	next unless $rows{$key};
	my @wrong;
	for my $object (objects_of($key)) {
		for my $role (@roles) {
			my ($got, $want) = (ask($routes{$key}, $role, path_of($key, $role, $object)), expected($key, $role, $object));
			$asked++;
			push @wrong, "$role, $object: $got instead of $want" if $got != $want;
		}
	}
	$n++;
	$failed++ if @wrong;
	print @wrong ? 'not ok ' : 'ok ', $n, " - $key\n", map { "#   $_\n" } @wrong;
}
$n++;
$failed++ if $bad;
print $bad ? 'not ok ' : 'ok ', "$n - every route has its row\n1..$n\n# $asked answers\n";
exit($failed ? 1 : 0);
