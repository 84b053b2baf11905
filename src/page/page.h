/*
 * page: one file a screen, named as its URL; what they share is here (links, rows, layout, lists). Layer 4.
 * A handler loads models, fills a view and answers in the format asked; all lives in the request's arena.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H
#include "format/view.h"
#include "model/catalyst.h"
#include "model/espace_front.h"
#include "model/list_query.h"
#include "model/search.h"
#include "model/sheet.h"
#include "model/sheet_version.h"
#include "model/territory.h"
#include "web/req.h"
#include "web/resp.h"
#include "web/route.h"

/* What the operator says of the site: the first member of what the program gives the gate as req->app. */
struct site {
	struct str editor, host, contact;
	struct str tiles, tiles_credit; /* of the map that moves; empty: none, the default */
	struct str exports;  /* folder of the dumps, as written by `catalyse export` */
	struct str security; /* where to write of a weakness; empty: contact */
};

enum err page_home(struct req *r, struct resp *w) MUST_CHECK;
enum err page_espace_file(struct req *r, struct resp *w) MUST_CHECK; /* the colours of a front office, its image */
enum err page_sheets(struct req *r, struct resp *w) MUST_CHECK;
enum err page_sheet(struct req *r, struct resp *w) MUST_CHECK;
enum err page_attachment(struct req *r, struct resp *w) MUST_CHECK;
enum err page_catalysts(struct req *r, struct resp *w) MUST_CHECK;
enum err page_catalyst(struct req *r, struct resp *w) MUST_CHECK;
enum err page_map(struct req *r, struct resp *w) MUST_CHECK;
enum err page_outlines(struct req *r, struct resp *w) MUST_CHECK;
enum err page_territories(struct req *r, struct resp *w) MUST_CHECK;
enum err page_territory(struct req *r, struct resp *w) MUST_CHECK;
enum err page_suggest(struct req *r, struct resp *w) MUST_CHECK;
enum err page_observatory(struct req *r, struct resp *w) MUST_CHECK;
enum err page_indicator(struct req *r, struct resp *w) MUST_CHECK;
enum err page_compare(struct req *r, struct resp *w) MUST_CHECK;
enum err page_near(struct req *r, struct resp *w) MUST_CHECK;
enum err page_here(struct req *r, struct resp *w) MUST_CHECK; /* the fragment nginx includes */
enum err page_search(struct req *r, struct resp *w) MUST_CHECK;
enum err page_search_suggest(struct req *r, struct resp *w) MUST_CHECK;
enum err page_vocabularies(struct req *r, struct resp *w) MUST_CHECK;
enum err page_vocabulary(struct req *r, struct resp *w) MUST_CHECK;
enum err page_parcours_list(struct req *r, struct resp *w) MUST_CHECK;
enum err page_parcours(struct req *r, struct resp *w) MUST_CHECK;
enum err page_my_parcours(struct req *r, struct resp *w) MUST_CHECK;
enum err page_my_parcours_one(struct req *r, struct resp *w) MUST_CHECK;
enum err page_compose(struct req *r, struct resp *w) MUST_CHECK;           /* parcours: mine, and beginning one */
enum err page_compose_one(struct req *r, struct resp *w) MUST_CHECK;
enum err page_parcours_queue(struct req *r, struct resp *w) MUST_CHECK;    /* those to be read over */
enum err page_parcours_decide(struct req *r, struct resp *w) MUST_CHECK;
enum err page_compass(struct req *r, struct resp *w) MUST_CHECK;
enum err page_compass_path(struct req *r, struct resp *w) MUST_CHECK;
enum err page_compass_here(struct req *r, struct resp *w) MUST_CHECK; /* a fragment nginx includes */
enum err page_practices(struct req *r, struct resp *w) MUST_CHECK;
enum err page_spread(struct req *r, struct resp *w) MUST_CHECK;       /* all the trees */
enum err page_spread_sheet(struct req *r, struct resp *w) MUST_CHECK; /* the tree one sheet is in */
enum err page_admin_compass(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_compass_answer(struct req *r, struct resp *w) MUST_CHECK;
enum err page_accessibility(struct req *r, struct resp *w) MUST_CHECK;
enum err page_charter(struct req *r, struct resp *w) MUST_CHECK;
enum err page_privacy(struct req *r, struct resp *w) MUST_CHECK;
enum err page_legal(struct req *r, struct resp *w) MUST_CHECK;
enum err page_sitemap(struct req *r, struct resp *w) MUST_CHECK;
enum err page_robots(struct req *r, struct resp *w) MUST_CHECK;
enum err page_security(struct req *r, struct resp *w) MUST_CHECK;
enum err page_sitemap_index(struct req *r, struct resp *w) MUST_CHECK;
enum err page_sitemap_part(struct req *r, struct resp *w) MUST_CHECK;
enum err page_data(struct req *r, struct resp *w) MUST_CHECK;
enum err page_catalogue(struct req *r, struct resp *w) MUST_CHECK;
enum err page_booklet(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embed(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_sheets(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_sheet(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_catalysts(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_catalyst(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_events(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_event(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_shelf(struct req *r, struct resp *w) MUST_CHECK;
enum err page_embedded_shelf_shared(struct req *r, struct resp *w) MUST_CHECK;
enum err page_oembed(struct req *r, struct resp *w) MUST_CHECK;
enum err page_unsubscribe(struct req *r, struct resp *w) MUST_CHECK;
enum err page_oai(struct req *r, struct resp *w) MUST_CHECK;
enum err page_sign_in(struct req *r, struct resp *w) MUST_CHECK;
enum err page_sign_out(struct req *r, struct resp *w) MUST_CHECK;
enum err page_second_factor(struct req *r, struct resp *w) MUST_CHECK;
enum err page_workshop_door(struct req *r, struct resp *w) MUST_CHECK;
enum err page_workshop(struct req *r, struct resp *w) MUST_CHECK;         /* to write, and the board */
enum err page_workshop_offline(struct req *r, struct resp *w) MUST_CHECK; /* one file that works without a network */
enum err page_workshop_claim(struct req *r, struct resp *w) MUST_CHECK;
enum err page_workshops(struct req *r, struct resp *w) MUST_CHECK;        /* of who hosts */
enum err page_workshop_host(struct req *r, struct resp *w) MUST_CHECK;
enum err page_my_space(struct req *r, struct resp *w) MUST_CHECK;
enum err page_sign_up(struct req *r, struct resp *w) MUST_CHECK;
enum err page_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_reset(struct req *r, struct resp *w) MUST_CHECK;
enum err page_choose(struct req *r, struct resp *w) MUST_CHECK;
enum err page_account(struct req *r, struct resp *w) MUST_CHECK;
enum err page_account_set(struct req *r, struct resp *w) MUST_CHECK;
enum err page_address_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_portability(struct req *r, struct resp *w) MUST_CHECK;
enum err page_erase(struct req *r, struct resp *w) MUST_CHECK;
enum err page_structure_new(struct req *r, struct resp *w) MUST_CHECK;
enum err page_structure(struct req *r, struct resp *w) MUST_CHECK;
enum err page_structure_invitation(struct req *r, struct resp *w) MUST_CHECK;
/* For the gate: signs in whoever a resumed form names. */
enum err sign_in_resumed(struct req *r, struct resp *w) MUST_CHECK;
enum err page_moderation(struct req *r, struct resp *w) MUST_CHECK;
enum err page_absence(struct req *r, struct resp *w) MUST_CHECK;
enum err page_review(struct req *r, struct resp *w) MUST_CHECK;      /* the dialogue, for authors and reviewers */
enum err page_review_act(struct req *r, struct resp *w) MUST_CHECK;  /* every act on a sheet */
enum err page_mailed(struct req *r, struct resp *w) MUST_CHECK;      /* what a link sent by mail opens */
enum err page_mailed_act(struct req *r, struct resp *w) MUST_CHECK;
enum err page_delays(struct req *r, struct resp *w) MUST_CHECK;
enum err page_suggestion(struct req *r, struct resp *w) MUST_CHECK;
enum err page_suggestion_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_suggestions(struct req *r, struct resp *w) MUST_CHECK;
enum err page_suggestion_decide(struct req *r, struct resp *w) MUST_CHECK;
enum err page_adoption(struct req *r, struct resp *w) MUST_CHECK;
enum err page_adoption_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_adoption_decide(struct req *r, struct resp *w) MUST_CHECK;
enum err page_freshness(struct req *r, struct resp *w) MUST_CHECK;
enum err page_dead_links(struct req *r, struct resp *w) MUST_CHECK;
enum err page_report(struct req *r, struct resp *w) MUST_CHECK;
enum err page_reports(struct req *r, struct resp *w) MUST_CHECK;
enum err page_report_decide(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_schemes(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_terms(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_term(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_espaces(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_espace(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_espace_look(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_espace_menu(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_espace_home(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_espace_texts(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_espace_text(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_import(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_import_file(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_figures(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_indicator(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_figures_file(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_roles(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_accounts(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_account(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_journal(struct req *r, struct resp *w) MUST_CHECK;
enum err page_themes(struct req *r, struct resp *w) MUST_CHECK;
enum err page_theme(struct req *r, struct resp *w) MUST_CHECK;
enum err page_needs(struct req *r, struct resp *w) MUST_CHECK;
enum err page_understand(struct req *r, struct resp *w) MUST_CHECK;
enum err page_understand_practice(struct req *r, struct resp *w) MUST_CHECK;
enum err page_resources(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_themes(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_theme(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_resources(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_resource(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_texts(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_text(struct req *r, struct resp *w) MUST_CHECK;
enum err page_contact(struct req *r, struct resp *w) MUST_CHECK;
enum err page_contact_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_exchange(struct req *r, struct resp *w) MUST_CHECK;
enum err page_network(struct req *r, struct resp *w) MUST_CHECK;
enum err page_network_join(struct req *r, struct resp *w) MUST_CHECK;
enum err page_catalyst_edit(struct req *r, struct resp *w) MUST_CHECK;
enum err page_catalyst_history(struct req *r, struct resp *w) MUST_CHECK;
enum err page_contact_address(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_network(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_network_request(struct req *r, struct resp *w) MUST_CHECK;
/* What was sent could not be taken because the session ended or the form is too old: all of it is given back, ready to be sent again. */
void page_resume(struct req *r, struct resp *w, enum err e);
enum err page_version(struct req *r, struct resp *w) MUST_CHECK; /* one version, or what differs between two */
enum err page_history(struct req *r, struct resp *w) MUST_CHECK;
enum err page_contribute(struct req *r, struct resp *w) MUST_CHECK;
enum err page_write_new(struct req *r, struct resp *w) MUST_CHECK;
enum err page_write_create(struct req *r, struct resp *w) MUST_CHECK;
enum err page_write(struct req *r, struct resp *w) MUST_CHECK;
enum err page_draft(struct req *r, struct resp *w) MUST_CHECK;
enum err page_write_preview(struct req *r, struct resp *w) MUST_CHECK;
enum err page_work_text(struct req *r, struct resp *w) MUST_CHECK;
enum err page_work_files(struct req *r, struct resp *w) MUST_CHECK;
enum err page_work_file(struct req *r, struct resp *w) MUST_CHECK;
enum err page_work_authors(struct req *r, struct resp *w) MUST_CHECK;
enum err page_invitation(struct req *r, struct resp *w) MUST_CHECK;
enum err page_guest(struct req *r, struct resp *w) MUST_CHECK;
enum err page_guest_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_alike(struct req *r, struct resp *w) MUST_CHECK;
enum err page_shelf(struct req *r, struct resp *w) MUST_CHECK;        /* things kept in an address */
enum err page_shelf_shared(struct req *r, struct resp *w) MUST_CHECK; /* in a list of an account, by its link */
enum err page_shelf_keep(struct req *r, struct resp *w) MUST_CHECK;
enum err page_shelves(struct req *r, struct resp *w) MUST_CHECK;
enum err page_my_shelf(struct req *r, struct resp *w) MUST_CHECK;
enum err page_alert(struct req *r, struct resp *w) MUST_CHECK;
enum err page_alert_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_alerts(struct req *r, struct resp *w) MUST_CHECK; /* those of an address, by its link */
enum err page_events(struct req *r, struct resp *w) MUST_CHECK;
enum err page_event(struct req *r, struct resp *w) MUST_CHECK;
enum err page_registration(struct req *r, struct resp *w) MUST_CHECK;
enum err page_registration_confirm(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_agenda(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_event(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_event_people(struct req *r, struct resp *w) MUST_CHECK;
enum err page_admin_event_series(struct req *r, struct resp *w) MUST_CHECK;
enum err page_registration_cancel(struct req *r, struct resp *w) MUST_CHECK;
void page_error(struct req *r, struct resp *w, enum err e); /* every error in HTML */

/* texts.c: the pages that are not an item, by part of the plan. */
struct site_link {
	const char *part, *label, *url;
	bool unlisted; /* not for search engines */
};
extern const struct site_link SITE_LINKS[];
extern const size_t SITE_LINKS_N;

/* links.c: addresses of this site, canonical. */
struct url link_sheet(struct arena *a, int64_t id, struct str slug);
struct url link_version(struct arena *a, int64_t id, int64_t number);
struct url link_versions(struct arena *a, int64_t id, int64_t from, int64_t to); /* what differs */
struct url link_history(struct arena *a, int64_t id);
struct url link_catalyst(struct arena *a, int64_t id, struct str slug);
struct url link_territory(struct arena *a, struct str type, struct str code, struct str slug);
struct url link_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* already encoded */
struct url link_here(struct req *r); /* the address asked, encoded */
struct url link_external(struct str address); /* http, https or mailto only; empty otherwise */
/* The list asked for, with one value of a parameter taken out or put in; page is dropped. Empty drop or add: none. */
struct url link_list(struct req *r, struct str path, struct param drop, struct param add);
struct url link_map(struct req *r, struct str what); /* the list asked for, on the map: "fiches", "catalyseurs" */
bool link_has(const struct req *r, struct str name, struct str value); /* the query holds that value */
/* "{slug}-{id}": the number at the end, -1 when there is none. *ret_slug gets what precedes it. */
int64_t link_number(struct str slug_id, struct str *ret_slug);

/*
 * form.c: forms. A page fills one struct view_form_field a field, from the schema of its route: the label is the schema's, the value what
 * was typed when the form comes back, else the one given; errors are the notices made by the gate and by form_fault. Then:
 * choices, boxes and lists by form_options (set select, choices or checks first), the summary by form_faults (last: it takes the notices).
 */
struct view_form_field form_field(struct req *r, const struct param_def *schema, const char *name, struct str value, const char *help);
void form_options(struct req *r, struct view_form_field *f, const struct view_form_option *options, size_t n, const struct str *chosen, size_t nchosen);
void form_fault(struct req *r, const char *field, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
struct view_faults form_faults(struct req *r);
struct view_hidden form_hidden(struct req *r, bool creates); /* creates: with a key, so that it is done once */

/* words.c: French for what is counted, dated, far. */
struct str words_count(struct arena *a, int64_t n, const char *one, const char *many); /* "1 fiche", "15 fiches", "aucune fiche" by zero */
struct str words_number(struct arena *a, int64_t n);                                   /* "2 587 031", U+202F between thousands */
/* From where distances are said: "distances depuis Ahun, à vol d'oiseau"; of sheets, which come from places of any size, "de centre à centre" */
struct str near_note(struct arena *a, const struct territory *t, bool of_sheets);
struct str words_km(struct arena *a, double km);                                       /* "8,4 km", "52 km", "1 440 km" */
struct view_date words_date(struct arena *a, struct str iso, bool lengthy);
struct str words_cote(struct arena *a, struct str type, int64_t id); /* "M 12" */

/* rows.c: views of what models give. */
struct view_sheet_row row_sheet(struct arena *a, const struct sheet_card *c);
struct view_sheet_rows rows_sheets(struct arena *a, const struct sheet_card *p, size_t n);
struct view_catalyst_row row_catalyst(struct arena *a, const struct catalyst_card *c);
struct view_catalyst_rows rows_catalysts(struct arena *a, const struct catalyst_card *p, size_t n);
struct view_place row_place(struct arena *a, const struct territory_ref *t);
/* The same among places of several types: with what it is, a note. */
struct view_place row_place_found(struct arena *a, const struct territory_ref *t);
struct view_place place_of(struct arena *a, const struct place_ref *p);
struct view_place place_of_territory(struct arena *a, const struct territory *t);
struct view_cote cote_of(struct arena *a, struct str type, int64_t id);
struct view_evidence evidence_of(int level);

/* sheet.c: all that a page shows of a sheet, but what is around it (crumbs, formats). */
enum err sheet_view(struct req *r, const struct sheet *s, struct view_sheet *ret) MUST_CHECK;

/* version.c: what the pages of versions share. */
enum err seal_view(struct req *r, int64_t id, int64_t versions, int64_t *ret_broken, struct view_seal *ret) MUST_CHECK;
struct view_links version_crumbs(struct arena *a, const struct sheet_status *s, struct view_link last);
/* version_diff.c: from one version to a later one. */
struct view_diff_pieces diff_pieces(struct arena *a, const struct sheet_field *f);
enum err version_diff_answer(struct req *r, struct resp *w, const struct sheet_status *s, int64_t from, int64_t to) MUST_CHECK;

/* tombstone.c: answers for a sheet that cannot be read: 301 to the one it was merged into, 410 with the reason of a withdrawal. */
enum err sheet_gone(struct req *r, struct resp *w, int64_t id) MUST_CHECK;
enum err sheet_gone_status(struct req *r, struct resp *w, const struct sheet_status *s) MUST_CHECK;

/*
 * espace.c: the front office of the host that was asked; the default one for a name that is nobody's. Never NULL, found once a request, from this
 * thread's copy, true for as long as no change of it is known (web/revision.h).
 */
const struct espace_front *espace_of(struct req *r);
const struct espace_front *espace_known(struct req *r); /* the same as it was last seen; the database is asked when it never was */
void espaces_forget(void);
/* What the layout shows of it. hint: a path whose entry of the menu is the current one; empty: that of the page. */
void espace_site(struct req *r, const struct espace_front *e, struct str hint, struct view_site *ret);
/* The links of a zone that lead somewhere, by group. */
struct view_way_groups espace_doors(struct req *r, const struct espace_front *e, const char *zone);
/* An address that somebody wrote: of this site when a page answers there, or of the web; empty otherwise. */
struct url link_written(const struct req *r, struct str address);

/* layout.c: the page around the page. */
struct view_links crumbs(struct arena *a, size_t n, const struct view_link *links); /* "Accueil" is put first */
enum err page_send(struct req *r, struct resp *w, struct view_layout *layout, const struct buf *main) MUST_CHECK;
/* What was ignored or refused of the address, as pages say it. */
struct view_notices notices_of(const struct req *r);
/* 301 to the canonical address of an item, in the format asked. */
void page_moved(const struct req *r, struct resp *w, struct url to);
struct view_links formats_of(struct req *r); /* the other representations of this very query */
struct view_links formats_and(struct req *r, struct str label, struct url url); /* and one more */
const struct site *site_of(const struct req *r);

/* filters.c: the facets of a list, what is active, the order and why. */
struct view_filters filters_of(struct req *r, const char *path, const struct facet_counts *facets, const char *unit_one,
                               const char *unit_many, struct str q_label, bool of_sheets);
struct str filters_legend(struct str facet); /* what a facet is called where it narrows; empty for another name */
/* What an empty list offers: itself without one of its filters, the last first, where that has something; then wider territories that have something more, then
 * all of it. */
enum err filters_offers(struct req *r, bool of_sheets, const struct view_links *active, const struct facet_counts *counts, search_total *total,
                        const struct territory_refs *around, struct view_link all, struct view_links *ret) MUST_CHECK;
int64_t filters_national(const struct facet_counts *f); /* how many are valid everywhere, the other filters kept */
/* "12 fiches", "environ 12 000 fiches" */
struct str filters_total(struct arena *a, const struct facet_counts *f, const char *one, const char *many);
bool filters_nested(const struct req *r); /* two filters or more */

/* list.c: what a list is asked, and its pages. */
struct list_query list_query_of(struct req *r);
void list_idle_catalysts(struct req *r); /* says which criteria asked are of sheets only */
struct view_paging paging_of(struct req *r, struct str path, const struct list_query *q, int64_t total);
/* The same for a list that may be walked by « apres »: what follows, and no pages. */
struct view_paging paging_list(struct req *r, struct str path, const struct list_query *q, const struct facet_counts *f);
int64_t found_as_asked(const struct facet_counts *f); /* the total; 0 when only most of the words, or some, were found */
/* What to say when other words were looked for, or may have been meant; path: of the list itself. */
struct view_instead instead_of(struct req *r, struct str path, const struct search_note *n);
/* A place among the words. A list that has no territory yet has moved (w->location) to that place's list, for the words that are left, when the
   words can only be that place; or, once the list is read (found; NULL before it is), when they find nothing and the place is known.
   Otherwise found->search tells what to offer. */
enum err list_place(struct req *r, struct resp *w, const struct list_query *q, search_total *total, struct search_places *named,
                    struct facet_counts *found) MUST_CHECK;
/* What to offer of named: the smallest of the places where the other words find something (found: the words do elsewhere, and only the place
   named is looked at), else the place alone and its namesakes. */
enum err list_offers(struct req *r, const struct list_query *q, const struct search_places *named, bool found, search_total *total,
                       struct search_note *note) MUST_CHECK;
/* A notice for each term asked for that no vocabulary has. */
void list_terms(struct req *r, const struct facet_counts *facets);
/* The first territory asked for, name_in and name_of telling all of them, without stone when there are several; ret->id 0 when none was; a
   notice and a dropped filter for one that does not exist. */
enum err list_territory(struct req *r, struct list_query *q, struct territory *ret) MUST_CHECK;
/* Whether the page asks where the visitor is, by nginx's fragment. Not where a place was asked that is none: nginx puts nothing into a page whose address
 * looks like that of a place (nginx/snippets/http.conf). */
bool list_asks_here(const struct req *r, const struct territory *t);

/* review_mail.c: a text has been submitted, from whatever page: who reads it is asked, in the same transaction. */
enum err review_submitted(struct req *r, int64_t author, int64_t sheet) MUST_CHECK;
enum err review_offered(struct req *r, int64_t author, int64_t sheet) MUST_CHECK; /* by somebody whose account is not open */

/* map.c */
struct view_map map_france(struct arena *a, const struct territory_refs *all, const char *id, struct str title);
/* The région a territory is in, département by département; no shape at all for a collectivité. */
enum err map_region(struct req *r, const struct territory *t, struct view_map *ret) MUST_CHECK;
/* The place in yellow: a région when region_asked, else the département of that code. */
struct view_locator locator_of(struct arena *a, const struct territory_refs *all, bool region_asked, struct str code);
/* This thread's copy, dropped when a change is known (web/revision.h); territories_forget frees it at the end of the thread. */
enum err territories_cached(struct req *r, struct territory_refs *ret) MUST_CHECK;
void territories_forget(void);

/* near.c: what a visitor typed in a field for a place. ERR_NOT_FOUND: none, or several, at most so many, in *ret_found. */
enum err territory_typed(struct req *r, struct str typed, int64_t most, struct territory *ret, struct territory_refs *ret_found) MUST_CHECK;

/* here.c: where the visitor is, as a territory. known is false when we must ask. */
struct here {
	bool known, chosen;
	struct territory territory;
	const struct place *place; /* what the address says; never NULL unless chosen */
};
enum err here_find(struct req *r, struct here *ret) MUST_CHECK;

#endif
