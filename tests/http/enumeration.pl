#!/usr/bin/perl
# Who has an account, who is registered, who follows what: nobody learns it from a form, in words or in time. 92-forged.sh runs it.
#   enumeration.pl FACTS    TAP lines without numbers, "ok - ..." or "not ok - ..."; exit status 1 when something differs
# Each form is sent in turn for an address that is known, one that is not, and, where it means something, one whose account is closed; what
# was written is taken back each time. The same status, headers and bytes each time; and medians less than 5 ms apart. A machine that does
# something else makes differences of its own: there are up to twelve rounds, and only who is slower than the same other in all of them is.
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
my ($sheet, $text, $house, $place, $day) = ($facts{'fiche.other'}, $facts{'travail.own.contributeur'}, $facts{'structure.own.contributeur'}, $facts{'catalyseur.other'}, $facts{'rencontre.own'});
my @forms = ( # what it is, where, who, fields, whose addresses, times a round
	['signing in', '/connexion', 'anonyme', 'mot_de_passe=ce-nest-pas-le-bon', 3, 15],
	['signing up', '/inscription', 'anonyme', 'nom=Essai&charte=1&mot_de_passe=' . encoded('tournesol gamelle bitume orage'), 3, 15],
	['a link for another password', '/mot-de-passe', 'anonyme', '', 3, 25],
	['another address', '/compte/adresse', 'contributeur', 'mot_de_passe=' . encoded($facts{'secret.passe'}), 3, 15],
	['finding one’s alerts', '/alertes', 'anonyme', 'choix=retrouver', 2, 25],
	['following a list', '/alertes', 'anonyme', 'choix=suivre&rythme=jour&requete=' . encoded('/fiches?theme=lien-social-inclusion'), 2, 25],
	['coming to a gathering', "/evenements/$day/inscription", 'anonyme', 'nom=Voisin&facon=distance', 2, 25],
	['a sheet without an account', '/contribuer/sans-compte', 'anonyme', 'nom=Voisin&profondeur=apercu&type=exemple&titre=Un+essai&chapo=Un+mot.&territoire=97470&theme=lien-social-inclusion&source=Ici', 3, 25],
	['writing to a catalyst', "/catalyseurs/$place/contacter", 'anonyme', 'nom=Voisine&objet=Bonjour&message=Bonjour&choix=envoyer', 3, 25],
	['a correction', "/fiches/$sheet/suggerer", 'anonyme', "champ=chapo&texte=Mieux+dit.&version=1&lu=$lu&choix=envoyer", 3, 25],
	['a report', "/fiches/$sheet/signaler", 'anonyme', 'motif=inexact&texte=Faux.&choix=envoyer', 3, 25],
	['a trial', "/fiches/$sheet/adopter", 'anonyme', 'territoire=departement%3A69&resultat=reussi&qui=Voisins&recit=Bien.&choix=envoyer', 3, 25],
	['inviting into a structure', "/structures/$house", 'contributeur', 'act=inviter', 3, 25],
	['inviting to write', "/fiches/$text/auteurs", 'contributeur', 'action=inviter', 3, 25],
);
my %cookie = (anonyme => {}, contributeur => { Cookie => "session=$facts{'session.contributeur'}" });
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
sub median { my @s = sort { $a <=> $b } @_; return $s[int @s / 2] }
@forms = grep { index($_->[0], $ENV{FORM}) >= 0 } @forms if $ENV{FORM};
for my $form (@forms) {
	my ($name, $path, $who, $fields, $n, $times) = @$form;
	my @kinds = (qw(connu inconnu ferme))[0 .. $n - 1];
	my (%seen, @medians, %slower);
	my ($begins) = $path =~ m{^(/\w+)};
	for my $round (1 .. 12) {
		my %took;
		for my $i (0 .. $times - 1) {
			for my $k (0 .. $#kinds) {
				my $kind = $kinds[($i + $k) % @kinds];
				my $address = $others{$begins}{$kind} // $address{$kind};
				my $body = join '&', "jeton=$jeton{$who}", 'courriel=' . encoded($address), length $fields ? $fields : ();
				my %h = (%{ $cookie{$who} }, Accept => 'text/html', 'Sec-Fetch-Site' => 'same-origin', 'Content-Type' => 'application/x-www-form-urlencoded',
					'X-Forwarded-For' => join('.', 198, 21, int(rand 250), 1 + int(rand 250)));
				my $from = time;
				my $answer = ask('POST', $path, \%h, $body);
				push @{ $took{$kind} }, (time - $from) * 1000;
				ledger_undo($answer->{head}{'x-request-id'});
				$seen{ plain($answer, $address) } = $answer->{status};
			}
		}
		@medians = map { median(@{ $took{$_} }) } @kinds;
		for my $slow (0 .. $#kinds) {
			for my $fast (0 .. $#kinds) { $slower{"$kinds[$slow] after $kinds[$fast]"} += $medians[$slow] - $medians[$fast] >= 5 }
		}
		delete @slower{ grep { $slower{$_} < $round } keys %slower };
		last unless %slower;
	}
	my $same = keys %seen == 1;
	my ($status) = values %seen;
	my $done = $same && $status < 400 || $path eq '/connexion' && $same && $status == 422;
	print $same && $done ? 'ok' : 'not ok', " - $name: the same status, headers and bytes, whoever it is ($status)\n";
	if (!$same) {
		my @line = map { [split /\n/] } keys %seen;
		for my $i (0 .. 400) { my %l = map { ($_->[$i] // '') => 1 } @line; next if keys %l == 1; print "#   $_\n" for keys %l; last }
	}
	print %slower ? 'not ok' : 'ok', " - $name: medians less than 5 ms apart (", join(', ', (map { sprintf '%s %.1f', $kinds[$_], $medians[$_] } 0 .. $#kinds), sort keys %slower), ")\n";
	$bad = 1 if !$same || !$done || %slower;
}
exit $bad;
