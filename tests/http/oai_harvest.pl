#!/usr/bin/perl
# Harvests a whole repository with HTTP::OAI (Debian: libhttp-oai-perl), as any partner would.
#   oai_harvest.pl URL [set=... from=... until=...]
# One line a record: "identifier datestamp live|deleted setSpec,setSpec title"; exit status 1 with the reason when the client refuses.
use strict;
use warnings;
use HTTP::OAI;
binmode STDOUT, ':utf8';
my ($url, @args) = @ARGV;
my $h = HTTP::OAI::Harvester->new(baseURL => $url);
my $id = $h->Identify;
die 'Identify: ' . $id->message . "\n" if $id->is_error;
my $list = $h->ListRecords(metadataPrefix => 'oai_dc', (map { split /=/, $_, 2 } @args), onRecord => sub {
	my $r = shift;
	my ($title) = $r->metadata ? $r->metadata->dom->findnodes('.//*[local-name() = "title"]') : ();
	print join(' ', $r->identifier, $r->datestamp, $r->header->is_deleted ? 'deleted' : 'live',
		join(',', map { ref $_ ? $_->setSpec : $_ } $r->header->setSpec), $title ? $title->textContent : ''), "\n";
});
die 'ListRecords: ' . $list->code . ' ' . $list->message . "\n" if $list->is_error;
