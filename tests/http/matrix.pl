#!/usr/bin/perl
# Every route x every role x its object (own, of others, none): 97-matrix.sh runs it, the style test checks that no route is forgotten.
#   matrix.pl check ROUTES MATRIX          each route has a row, each row a route, each cell an answer
#   matrix.pl run ROUTES MATRIX FACTS      asks, and compares with what is expected (TAP, a line a row)
#   matrix.pl draft ROUTES MATRIX FACTS    rows with what is answered now, to be judged, not trusted; MATRIX_ONLY=text for some of them
#
# A row of matrix.tsv: method, pattern, what fills it, what is sent, what is expected.
# Filled: "id=fiche" (that fact for the object and the role asked), "type==commune" (a literal), "?lien=avis" (in the query).
# Sent: fields of a form, "act=prendre&rev={rev}"; or "json:{...}".
# Expected, the last that speaks wins: "200" for all, "own=200", "animateur=403", "other/animateur,ailleurs=403", and @names of lines
# that begin with @. "303+": and something is kept; without the +, nothing may be, whatever the answer. Nothing is derived from the
# table of routes: a route that lets in somebody else than the row says is a fault of one of them.
# Objects: own, other and none follow from the facts there are; cross: the address of one's own, with the number of somebody else's.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Time::HiRes qw(sleep time);
use rights;

my @roles = qw(anonyme lien contributeur coauteur membre responsable animateur ailleurs editeur editeur_ailleurs administrateur sans_facteur
	jeton_lire jeton_ecrire jeton_relire jeton_sans jeton_tout jeton_mort);
my %is_role = map { $_ => 1 } @roles;

# What a form may ask of one route, by a word: each of them has its row.
#   POST /fiches/{id}/actions: the acts that review_post() reads; that of a reader from outside, who has nothing but a link, at /lien/{jeton}.
sub acts_read {
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	my ($body) = join('', <$in>) =~ /^review_post\(.*?^\}/ms ? $& : '';
	my ($moves) = $body =~ /moves\[\] = \{([^}]*)\}/ or die "$file: where are the acts?\n";
	my %acts = map { $_ => 'POST /fiches/{id}/actions' } $moves =~ /"(\w+)"/g, $body =~ /is\(act, "(\w+)"\)/g;
	$acts{$_} = 'POST /lien/{jeton}' for $body =~ /if \(x->invitation\) \{(.*?)\n\t\}/s ? $1 =~ /is\(act, "(\w+)"\)/g : ();
	return %acts;
}

my ($verb, $routes_file, $matrix_file, $facts_file) = @ARGV;
die "usage: matrix.pl check|run|draft ROUTES MATRIX [FACTS]\n" unless $matrix_file;
my @routes = routes_read($routes_file);
my %route = map { $_->{key} => $_ } @routes;
my (@rows, %said, %groups, %named, $bad);
sub fault { print "$matrix_file: @_\n"; $bad = 1 }

open my $in, '<', $matrix_file or die "$matrix_file: $!\n";
while (<$in>) {
	chomp;
	next if /^#/ || !length;
	if (/^@(\S+)\t+(.+)$/) { $named{$1} = $2; next }
	if (/^=(\S+)\t+(.+)$/) { $groups{$1} = [map { $groups{$_} ? @{ $groups{$_} } : $_ } split /,/, $2]; next }
	my ($method, $pattern, $fill, $body, $expect) = split /\t+/;
	if (!defined $expect) { fault("$.: five columns"); next }
	my $row = { line => $., key => "$method $pattern", pattern => $pattern, fill => $fill, body => $body, expect => $expect };
	$row->{name} = $row->{key} . ($fill =~ m{[^=]=[^=]} ? " [$fill]" : '') . ($body eq '-' ? '' : ' ' . substr($body, 0, 60));
	fault("$.: $row->{name} is there twice") if $said{ $row->{name} }++;
	fault("$.: $row->{key} is no route of $routes_file") unless $route{ $row->{key} };
	push @rows, $row;
	$said{ $row->{key} } = 1;
}
close $in;
$said{ $_->{key} } or fault("no row for $_->{key}: say who may do what there") for @routes;
my %acts = acts_read($routes_file =~ s{app/routes\.def$}{page/review_post.c}r);
for my $act (sort keys %acts) {
	fault("no row for act=$act at $acts{$act}") unless grep { $_->{key} eq $acts{$act} && $_->{body} =~ /^act=$act(?:&|$)/ } @rows;
}

# An answer a cell: {object}{role}. What a token says of an object that the row has not is a fault too.
sub cells {
	my ($row, @objects) = @_;
	my (%cell, $read);
	$read = sub {
		for my $token (split ' ', $_[0]) {
			if ($token =~ /^@(.+)/) { $named{$1} ? $read->($named{$1}) : fault("$row->{line}: what is $token?"); next }
			my ($where, $code) = $token =~ /^(?:(\S+)=)?(\d{3}\+?)$/ or fault("$row->{line}: cannot read $token"), next;
			my (@of, @who);
			for my $part (split m{/}, $where // '') {
				for my $word (split /,/, $part) {
					if ($word =~ /^(own|other|none|cross|here)$/) { push @of, $word }
					elsif ($groups{$word}) { push @who, @{ $groups{$word} } }
					elsif ($is_role{$word}) { push @who, $word }
					else { fault("$row->{line}: who is $word?") }
				}
			}
			for my $object (@of ? @of : @objects) {
				fault("$row->{line}: it has no object $object"), next unless grep { $_ eq $object } @objects;
				$cell{$object}{$_} = $code for @who ? @who : @roles;
			}
		}
	};
	$read->($row->{expect});
	for my $object (@objects) { defined $cell{$object}{$_} or fault("$row->{line}: $row->{name}: nothing is expected for $_, $object") for @roles }
	return \%cell;
}
# What a row is asked about: KIND of its places that are filled by a fact of each object.
sub kinds_of {
	my ($row) = @_;
	my @path = map { /^\??\w+=(\w+)$/ ? $1 : () } split ' ', $row->{fill};
	my @body = $row->{body} =~ /\{([a-z_]+)\}/g;
	return (\@path, \@body);
}
sub objects_of {
	my ($row) = @_;
	my ($path, $body) = kinds_of($row);
	return ('here') unless @$path || @$body;
	my $expect = $row->{expect};
	1 while $expect =~ s/@(\S+)/$named{$1} \/\/ ''/e;
	my $two = $verb eq 'check' ? $expect =~ /\bother\b/ : grep { defined $facts{"$_.other"} } @$path, @$body;
	my $cross = $verb eq 'check' ? $expect =~ /\bcross\b/ : (grep { defined $facts{"$_.other"} } @$path) > 1;
	return ('own', $two ? 'other' : (), 'none', $cross ? 'cross' : ());
}
if ($verb eq 'check') {
	for my $row (@rows) { cells($row, objects_of($row)) }
	exit($bad ? 1 : 0);
}

facts_read($facts_file);
my %jeton;
sub headers_of {
	my ($role) = @_;
	my %h = ('X-Forwarded-For' => join('.', 198, 19, int(rand 250), 1 + int(rand 250)));
	$h{Cookie} = "session=$facts{\"session.$role\"}" if $facts{"session.$role"};
	$h{Authorization} = "Bearer $facts{\"bearer.$role\"}" if $facts{"bearer.$role"};
	return \%h;
}
sub put {
	my ($row, $role, $object) = @_;
	my $route = $route{ $row->{key} };
	my ($path, $h) = (path_of($row, $role, $object), headers_of($role));
	$h->{Accept} = $route->{html} ? 'text/html' : '*/*';
	# A reader from outside has nothing but the link of their sheet: shown at every door that takes one.
	$path .= ($path =~ /\?/ ? '&' : '?') . "lien=$facts{'avis.own'}" if $role eq 'lien' && $path !~ /[?&]lien=/ && $row->{body} !~ /\blien=/ && $route->{pattern} =~ m{/(suggestions|signalements|essais|confirmer|echange|adresse|annuler)\b};
	return ask('GET', $path, $h) if $route->{method} eq 'GET';
	my $body = body_of($row, $role, $object);
	$h->{'Sec-Fetch-Site'} = 'same-origin';
	if ($row->{body} =~ /^json:/) { $h->{'Content-Type'} = 'application/json' }
	else {
		$h->{'Content-Type'} = 'application/x-www-form-urlencoded';
		$body = join '&', "jeton=$jeton{$role}", length $body ? $body : () if $jeton{$role} && $route->{role} ne 'LINK'; # that one is sent from a mail
	}
	return ask($route->{method}, $path, $h, $body);
}
for my $role (grep { !$facts{"bearer.$_"} } @roles) { # the token of the forms, one a session
	my $page = $role eq 'anonyme' || $role eq 'lien' ? '/connexion' : $role eq 'sans_facteur' ? '/connexion/second-facteur' : '/compte';
	my $answer = ask('GET', $page, headers_of($role));
	($jeton{$role}) = $answer->{body} =~ /name="jeton" value="([^"]+)"/ or die "no form for $role at $page: $answer->{status}\n";
}
my $begun = time;
ledger_open();
END { ledger_close() }
# Pages first: none of them may write; then what is sent, each taken back before the next.
my @asked = ((grep { $_->{key} =~ /^GET/ } @rows), grep { $_->{key} !~ /^GET/ } @rows);
@asked = grep { index($_->{name}, $ENV{MATRIX_ONLY}) >= 0 } @asked if $ENV{MATRIX_ONLY};
my ($n, $failed, $answers, $waited) = (0, 0, 0, 0);
for my $row (@asked) {
	my $get = $row->{key} =~ /^GET/;
	if (!$get && !$waited++) { my $left = 2.2 - (time - $begun); sleep $left if $left > 0 } # a form that comes back at once is a machine's
	my @objects = objects_of($row);
	my $cells = $verb eq 'run' ? cells($row, @objects) : {};
	my (@wrong, %seen);
	for my $object (@objects) {
		for my $role (@roles) {
			my $answer = put($row, $role, $object);
			my ($got, $did) = ($answer->{status}, '-');
			if (!$get) {
				$did = ledger_undo($answer->{head}{'x-request-id'});
				$did =~ s/(, )?private\.attempt \d+(, )?/$1 && $2 ? $1 : ''/e; # tries are counted, of those who are refused above all
				$got .= '+' if $did ne '-' && $did ne '';
			}
			$answers++;
			push @{ $seen{$object}{$got} }, $role;
			my $want = $cells->{$object}{$role} // '';
			push @wrong, "$role, $object: $got instead of $want" . ($got =~ /\+/ && $want !~ /\+/ ? ", $did" : '') if $got ne $want;
		}
	}
	if ($get) {
		my $did = ledger_sql("select string_agg(distinct f.name, ', ') from ledger.line l join ledger.form f on f.tab = l.tab where l.request ~ '^[0-9a-f]{32}\$'");
		push @wrong, "reading writes: $did" if length $did;
		ledger_sql('delete from ledger.line') if length $did;
	}
	if ($verb eq 'draft') {
		print join("\t", split(/ /, $row->{key}, 2), $row->{fill}, $row->{body}, ''), "\n";
		for my $object (@objects) { print "\t\t$object: ", join('  ', map { "$_ " . join(',', @{ $seen{$object}{$_} }) } sort { @{ $seen{$object}{$b} } <=> @{ $seen{$object}{$a} } } keys %{ $seen{$object} }), "\n" }
		print "\t\t!! @wrong\n" if grep { /reading writes/ } @wrong;
		next;
	}
	$n++;
	$failed++ if @wrong;
	print @wrong ? 'not ok ' : 'ok ', $n, " - $row->{name}\n", map { "#   $_\n" } @wrong;
}
exit 0 if $verb eq 'draft';
$n++;
$failed++ if $bad;
print $bad ? 'not ok ' : 'ok ', "$n - every route has its row, and every cell its answer\n1..$n\n# $answers answers\n";
exit($failed ? 1 : 0);
