#!/usr/bin/perl
# Who has an account, who is registered, who follows what: nobody learns it from a form, in words or in time. 92-forged.sh runs it.
#   enumeration.pl FACTS ROUTES PARAMS    TAP lines without numbers, "ok - ..." or "not ok - ..."; exit status 1 when something differs
# Each form is sent in turn for an address that is known, one that is not, and, where it means something, one whose account is closed; what
# was written is taken back each time. The same status, headers and bytes each time; and the same time: the addresses are tried back to
# back, one after the other, and what is looked at is the median of the differences within those pairs, which a machine that does something
# else blurs but does not move. They are asked until each median is known to lie within 5 ms, or out of it, by its interval (its order
# statistics, four times in five and more), or ten times as often as at first; then each median printed must be less than 5 ms. One that is more, whose interval has both signs,
# is chance: the machine is too busy to tell, and the line says so, "# SKIP". One that is more and has one sign is asked for all over again, once.
# Every route outside administration that takes an address is here, or `apart` with its reason.
# FORM=words: those forms alone. LATE=inconnu:10: that address is answered 10 ms later, which must be seen.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Time::HiRes qw(time sleep);
use rights;

facts_read($ARGV[0]);
my ($bad, %form, %jeton) = (0);
my %address = (connu => $facts{'courriel.tiers'}, inconnu => 'matrice-inconnu@exemple.example', ferme => $facts{'courriel.ferme'});
my %others = ('/alertes' => { connu => 'matrice-suit@exemple.example' }, '/evenements' => { connu => 'voisine@exemple.example' });
my $lu = $facts{'lu.chapo'};
my ($sheet, $text, $read, $house, $place, $day) = ($facts{'fiche.other'}, $facts{'travail.own.contributeur'}, $facts{'travail.other'}, $facts{'structure.own.contributeur'}, $facts{'catalyseur.other'}, $facts{'rencontre.own'});
my @forms = ( # what it is, where, who, fields, whose addresses, the name of the address (courriel)
	['signing in', '/connexion', 'anonyme', 'mot_de_passe=ce-nest-pas-le-bon', 3],
	# the gate’s, inside any form whose session has ended; no field of a schema
	['signing in where one was writing', '/fiches', 'anonyme', 'titre=Essai&connexion_mot_de_passe=ce-nest-pas-le-bon', 3, 'connexion_courriel'],
	['signing up', '/inscription', 'anonyme', 'nom=Essai&charte=1&mot_de_passe=' . encoded('tournesol gamelle bitume orage'), 3],
	['a link for another password', '/mot-de-passe', 'anonyme', '', 3],
	['another address', '/compte/adresse', 'contributeur', 'mot_de_passe=' . encoded($facts{'secret.passe'}), 3],
	['finding one’s alerts', '/alertes', 'anonyme', 'choix=retrouver', 2],
	['following a list', '/alertes', 'anonyme', 'choix=suivre&rythme=jour&requete=' . encoded('/fiches?theme=lien-social-inclusion'), 2],
	['coming to a gathering', "/evenements/$day/inscription", 'anonyme', 'nom=Voisin&facon=distance', 2],
	['a sheet without an account', '/contribuer/sans-compte', 'anonyme', 'nom=Voisin&profondeur=apercu&type=exemple&titre=Un+essai&chapo=Un+mot.&territoire=97470&theme=lien-social-inclusion&source=Ici', 3],
	['a note in a workshop', "/atelier/$facts{'code.hote'}", 'anonyme', 'titre=Un+essai&chapo=Un+mot.&type=exemple&nom=Voisin&cle=matrice-cle-0001', 3],
	['writing to a catalyst', "/catalyseurs/$place/contacter", 'anonyme', 'nom=Voisine&objet=Bonjour&message=Bonjour&choix=envoyer', 3],
	['where a catalyst is written to', "/catalyseurs/$facts{'catalyseur.own.contributeur'}/modifier", 'contributeur', 'act=contact&relais=oui', 3],
	['a correction', "/fiches/$sheet/suggerer", 'anonyme', "champ=chapo&texte=Mieux+dit.&version=1&lu=$lu&choix=envoyer", 3],
	['a report', "/fiches/$sheet/signaler", 'anonyme', 'motif=inexact&texte=Faux.&choix=envoyer', 3],
	['a trial', "/fiches/$sheet/adopter", 'anonyme', 'territoire=departement%3A69&resultat=reussi&qui=Voisins&recit=Bien.&choix=envoyer', 3],
	['inviting into a structure', "/structures/$house", 'contributeur', 'act=inviter', 3],
	['inviting to write', "/fiches/$text/auteurs", 'contributeur', 'action=inviter', 3],
	['asking for an advice', "/fiches/$read/actions", 'animateur', 'act=inviter&nom=Une+lectrice&message=Bonjour', 3],
);
# Routes that take an address and have no row above: why.
my %apart = (
	'/reseau/rejoindre' => 'it shares the fields of /catalyseurs/{id}/modifier, and reads no address',
	'/structures/nouvelle' => 'it shares the fields of /structures/{id}, and reads no address',
	'/structures/invitation/{jeton}' => 'it shares the fields of /structures/{id}, and reads no address',
	(map { ("/compte/$_" => 'it shares the fields of /compte/adresse, and reads no address') } qw(nom mot-de-passe second-facteur/oter codes-de-secours sessions jetons jetons/revoquer courriels)),
	'/lien/{jeton}' => 'it does what /fiches/{id}/actions does; who has nothing but a link invites nobody',
);
sub forgotten { # routes outside administration that take an address, with neither row nor reason
	my ($routes, $params) = @_;
	open my $in, '<', $params or die "$params: $!\n";
	my ($schema, %takes, @none) = ('');
	while (<$in>) { $schema = $1 if /^SCHEMA\((\w+)\)/; $takes{"PARAMS_$schema"} = 1 if /^PARAM\("[^"]+", EMAIL,/ }
	close $in;
	die "$params: no address is read in it\n" unless keys %takes > 10;
	my %taken;
	for my $route (grep { $_->{method} ne 'GET' && $takes{ $_->{schema} } && $_->{pattern} !~ m{^/administration} } routes_read($routes)) {
		(my $like = $route->{pattern}) =~ s/\{\w+\}/[^\/]+/g;
		my $asked = grep { $_->[1] =~ /^$like$/ } @forms;
		$taken{ $route->{pattern} } = 1;
		push @none, "$route->{pattern} takes an address: a row, or a reason" unless $asked || $apart{ $route->{pattern} };
		push @none, "$route->{pattern} has a row and a reason not to" if $asked && $apart{ $route->{pattern} };
	}
	push @none, map { "$_ takes no address" } grep { !$taken{$_} } sort keys %apart;
	return @none;
}
my @none = forgotten(@ARGV[1, 2]);
print @none ? 'not ok' : 'ok', " - every form that takes an address is here, or apart with its reason\n", map { "#   $_\n" } @none;
$bad = 1 if @none;
my %cookie = (anonyme => {}, map { $_ => { Cookie => "session=$facts{\"session.$_\"}" } } qw(contributeur animateur));
for my $who (keys %cookie) {
	my $page = ask('GET', $who eq 'anonyme' ? '/connexion' : '/compte', $cookie{$who});
	($jeton{$who}) = $page->{body} =~ /name="jeton" value="([^"]+)"/ or die "no form for $who\n";
}
ledger_open();
END { ledger_close() }
sleep 2.1; # a form that comes back at once is a machine's

sub plain { # what depends neither on chance nor on what was typed
	my ($answer, $address) = @_;
	my $text = join "\n", $answer->{status}, (grep { !/^(Date|X-Request-Id|Content-Length|Connection):/i } @{ $answer->{lines} }), $answer->{body};
	for my $typed ($address, encoded($address)) { $text =~ s/\Q$typed\E/ADRESSE/g }
	$text =~ s/name="(jeton|cle)" value="[^"]*"/name="$1"/g;
	$text =~ s/^(Set-Cookie: frais=)[0-9a-f]+/$1/m; # how far the database has come
	return $text;
}
sub ordered { return sort { $a <=> $b } @_ }
# Of differences: their median, and where it lies, by order statistics.
sub middle {
	my @s = ordered(@_);
	my $k = int(@s / 2 - 0.82 * sqrt @s);
	$k = 0 if $k < 0;
	return ($s[int @s / 2], $s[$k], $s[-1 - $k]);
}
# Of times, {kind}[turn]: what is printed; whether each median is less than 5 ms (0: one is not; -1: one is not, by chance perhaps); whether
# more turns would tell more.
sub judged {
	my ($took, @kinds) = @_;
	my ($said, $close, $open) = ('', 1, 0);
	for my $i (1 .. $#kinds) {
		for my $j (0 .. $i - 1) {
			my @apart = map { $took->{ $kinds[$i] }[$_] - $took->{ $kinds[$j] }[$_] } 0 .. $#{ $took->{ $kinds[0] } };
			my ($median, $low, $high) = middle(@apart);
			$close = $low < 0 && $high > 0 ? $close && -1 : 0 if abs $median >= 5;
			$open = 1 unless $low > -5 && $high < 5 || $low >= 5 || $high <= -5;
			$said .= sprintf '%s%s - %s: %.1f ms [%.1f %.1f]', length $said ? ', ' : '', $kinds[$i], $kinds[$j], $median, $low, $high;
		}
	}
	return ($said, $close, $open);
}
my ($late, $later) = split /:/, $ENV{LATE} // ':0';
my @asked = grep { index($_->[0], $ENV{FORM} // '') >= 0 } @forms;
my $first = 9; # turns, then as many again
my $last; # times of the last form
for my $form (@asked) {
	my ($name, $path, $who, $fields, $n, $field) = (@$form, 'courriel');
	my @kinds = (qw(connu inconnu ferme))[0 .. $n - 1];
	my ($begins) = $path =~ m{^(/\w+)};
	my (%seen, %took);
	my ($said, $close, $open, $before) = ('', 0, 1);
	for (my $i = 0; $i < 10 * $first; $i++) {
		for my $k (0 .. $#kinds) {
			my $kind = $kinds[($i + $k) % @kinds];
			my $address = $others{$begins}{$kind} // $address{$kind};
			my $body = join '&', "jeton=$jeton{$who}", "$field=" . encoded($address), length $fields ? $fields : ();
			my %h = (%{ $cookie{$who} }, Accept => 'text/html', 'Sec-Fetch-Site' => 'same-origin', 'Content-Type' => 'application/x-www-form-urlencoded',
				'X-Forwarded-For' => join('.', 198, 21, int(rand 250), 1 + int(rand 250)));
			my $from = time;
			my $answer = ask('POST', $path, \%h, $body);
			sleep $later / 1000 if $kind eq $late;
			push @{ $took{$kind} }, (time - $from) * 1000;
			ledger_undo($answer->{head}{'x-request-id'});
			$seen{ plain($answer, $address) } = $answer->{status};
		}
		next if ($i + 1) % $first;
		($said, $close, $open) = judged(\%took, @kinds);
		next if $open && $i + 1 < 10 * $first;
		last if $close || $before;
		($before, $i, %took) = ($said, -1); # once more from the beginning: chance does not come twice
	}
	print "# $name, asked again; first: $before\n" if $before;
	my $same = keys %seen == 1;
	my ($status) = values %seen;
	my $done = $same && ($status < 400 || ($name =~ /^signing in/ && $status == ($path eq '/connexion' ? 422 : 401)));
	print $same && $done ? 'ok' : 'not ok', " - $name: the same status, headers and bytes, whoever it is ($status)\n";
	if (!$same) {
		my @line = map { [split /\n/] } keys %seen;
		for my $i (0 .. 400) { my %l = map { ($_->[$i] // '') => 1 } @line; next if keys %l == 1; print "#   $_\n" for keys %l; last }
	}
	my $turns = @{ $took{connu} };
	print $close < 0 ? "ok - $name: $turns differences do not tell ($said) # SKIP too busy a machine\n"
		: ($close ? 'ok' : 'not ok') . " - $name: the medians of $turns differences are less than 5 ms ($said)\n";
	$bad = 1 if !$same || !$done || !$close;
	$last = [\%took, @kinds];
}
# What would be seen, on the times just measured: 10 ms more for one of them.
my ($took, @kinds) = @$last;
my ($said, $close) = judged({ %$took, inconnu => [map { $_ + 10 } @{ $took->{inconnu} }] }, @kinds);
print $close == 1 ? 'not ok' : 'ok', " - an answer 10 ms later would be seen ($said)\n";
$bad = 1 if $close == 1;
exit $bad;
