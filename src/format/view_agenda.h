/*
 * view_agenda: webinars and meetings: their list, one of them, its registration. Layer 4. See view.h for the rules.
 */
#ifndef FORMAT_VIEW_AGENDA_H
#define FORMAT_VIEW_AGENDA_H
#include "format/view.h"

struct view_event_date {      /* evenement_date.html: the big day and what is beside it */
	struct str iso;         /* "2023-06-08", "2022-04", "2015" */
	struct str day;         /* "8"; empty: not known, a dashed "?" is drawn */
	struct view_strs rest;  /* "juin 2023", "13 h à Paris", "15 h à La Réunion" */
};

struct view_event_row {       /* evenement_rang.html */
	struct view_event_date date;
	struct str title;
	struct url url;
	struct str summary;
	struct str state, mark; /* "Annulé", class "annule"; empty: nothing to say */
	struct str how;         /* "À distance" */
	struct view_place place;
	struct view_link series;
	struct view_links links; /* to register, to watch again */
};
struct view_event_rows VIEW_LIST(view_event_row);

struct view_event_group {
	struct str id, title, note;
	bool past;
	struct view_event_rows rows;
	struct str empty;       /* said when there is nothing; empty: the group is not shown then */
};
struct view_event_groups VIEW_LIST(view_event_group);

struct view_events {          /* /evenements: events.html */
	struct view_links crumbs;
	bool place_band;
	struct view_place place;
	struct str title, lead;
	struct view_filters filters;
	struct str total;
	struct view_event_groups groups;
	struct view_empty empty;
	struct view_paging paging;
	struct view_link subscribe; /* the calendar of this very query */
	struct url alert;           /* to be told by mail of what is new in it */
	struct str formats_label;
	struct view_links formats;
};

struct view_event_speaker {
	struct str who, role;
	struct url url;
};
struct view_event_speakers VIEW_LIST(view_event_speaker);

struct view_event_seat {
	struct str label, note; /* "Sur place", "12 places libres sur 40" */
};
struct view_event_seats VIEW_LIST(view_event_seat);

struct view_event_document {
	struct view_link link;
	struct str kind;        /* "Rediffusion" */
};
struct view_event_documents VIEW_LIST(view_event_document);

struct view_event_page {      /* /evenements/{date}-{slug}: event.html */
	struct view_links crumbs;
	struct view_event_date date;
	struct str title, summary;
	struct str state, mark, change; /* what changed, and why */
	struct str when;        /* "jeudi 8 juin 2023, de 13 h à 14 h" */
	struct str doubt;       /* what is not known of the date; may be empty */
	struct view_facts facts;
	struct view_link registration; /* label empty: none */
	struct str registration_note;
	struct view_event_seats seats;
	struct view_event_documents documents;
	struct view_event_speakers speakers;
	bool past;
	struct str nothing;     /* past, and nothing is left of it that we know */
	struct view_sheet_minis sheets;
	struct view_sources sources;
	struct view_links around; /* before and after in its series */
	struct view_link calendar;
	struct str formats_label;
	struct view_links formats;
	struct view_link keep;      /* label: "evenement:7", read by garder.js */
};

struct view_event_form {      /* /evenements/.../inscription and what its links open: event_form.html */
	struct view_links crumbs;
	struct view_event_date date;
	struct view_link event;
	struct str title, lead;
	struct str done, trouble;
	struct view_faults faults;
	struct view_facts facts;
	struct url action;      /* empty: no form */
	struct view_hidden hidden;
	struct view_form_pairs kept;
	struct view_form_fields fields;
	bool trap;              /* a field that people do not see */
	struct str button;
	struct str note_title;
	struct view_strs notes;
	struct view_links links;
};

#endif
