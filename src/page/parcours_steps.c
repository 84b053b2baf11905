/* The steps of a parcours as stations. See parcours.h. */
#include "page/parcours.h"

#include "text/markdown.h"
#include "text/quiz.h"

struct str
parcours_duration(struct arena *a, int64_t minutes)
{
	if (minutes < 60)
		return arena_fmt(a, "%lld min", (long long)minutes);
	if (minutes % 60 == 0)
		return arena_fmt(a, "%lld h", (long long)(minutes / 60));
	return arena_fmt(a, "%lld h %02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

struct str
parcours_kind_words(struct str kind)
{
	static const char *const words[][2] = { { "fiche", "Fiche" },   { "evenement", "Rencontre" }, { "replay", "À revoir" },
		                                { "texte", "À lire" }, { "question", "Question" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(kind, str_of(words[i][0])))
			return str_of(words[i][1]);
	return STR_NONE;
}

bool
parcours_step_shown(const struct parcours_step *s, int hours)
{
	return !s->gone && s->since <= hours;
}

void
parcours_measure(const struct parcours *p, int hours, int64_t *ret_steps, int64_t *ret_minutes)
{
	*ret_steps = *ret_minutes = 0;
	for (size_t i = 0; i < p->n; i++)
		if (parcours_step_shown(&p->steps[i], hours))
			++*ret_steps, *ret_minutes += p->steps[i].minutes;
}

int
parcours_shortest(const struct parcours *p)
{
	int64_t steps, minutes;

	for (size_t i = 0; i < PARCOURS_LENGTHS; i++) {
		parcours_measure(p, PARCOURS_HOURS[i], &steps, &minutes);
		if (steps)
			return PARCOURS_HOURS[i];
	}
	return PARCOURS_HOURS[PARCOURS_LENGTHS - 1];
}

struct view_strs
parcours_lines(struct arena *a, struct str text)
{
	struct str *p = arena_array(a, struct str, text.n / 2 + 1);
	size_t n = 0;

	for (size_t from = 0, i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != '\n')
			continue;
		struct str line = { text.p + from, i - from };
		while (line.n && (line.p[0] == ' ' || line.p[0] == '\t'))
			line.p++, line.n--;
		while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t' || line.p[line.n - 1] == '\r'))
			line.n--;
		if (line.n)
			p[n++] = line;
		from = i + 1;
	}
	return (struct view_strs){ p, n };
}

static void
question_of(struct arena *a, const struct parcours_step *s, struct view_parcours_step *v, struct view_parcours_answer *answers, size_t *n)
{
	struct quiz q = quiz_read(a, s->body);
	struct view_parcours_choice *c = arena_array(a, struct view_parcours_choice, q.n + 1);
	struct buf right, why;

	v->body = q.prose.n ? markdown_render(a, q.prose, 4) : (struct html){ NULL, 0 };
	v->paper = true;
	if (q.n == 0)
		return;
	buf_init(&right, a, 64);
	buf_init(&why, a, 256);
	for (size_t i = 0; i < q.n; i++) {
		const struct quiz_choice *x = &q.choices[i];
		c[i] = (struct view_parcours_choice){ .letter = arena_fmt(a, "%c", (char)('A' + i)),
			                              .words = markdown_inline(a, x->words),
			                              .why = x->why.n ? markdown_inline(a, x->why) : (struct html){ NULL, 0 },
			                              .verdict = x->right ? STR("Oui.") : STR("Non.") };
		if (!x->right)
			continue;
		buf_fmt(&right, "%s%c", right.n ? ", " : "", (char)('A' + i));
		if (c[i].why.n) {
			if (why.n)
				buf_char(&why, ' ');
			buf_mem(&why, c[i].why.p, c[i].why.n);
		}
	}
	v->choices = (struct view_parcours_choices){ c, q.n };
	answers[(*n)++] = (struct view_parcours_answer){ .label = arena_fmt(a, "Étape %.*s", (int)v->number.n, v->number.p),
		                                         .right = right.n ? buf_str(&right) : STR("aucune de ces réponses"),
		                                         .why = { why.p, why.n } };
}

static void
event_of(struct arena *a, const struct parcours_step *s, struct view_parcours_step *v)
{
	struct view_link *p = arena_array(a, struct view_link, 2);
	struct url replay = link_external(s->event_replay);
	size_t n = 0;

	v->thing = s->event_title;
	v->day = words_date(a, s->event_day, true);
	v->note = s->event_summary;
	if (replay.n)
		p[n++] = (struct view_link){ STR("Revoir l’enregistrement"), replay };
	p[n++] = (struct view_link){ STR("La page de la rencontre"), link_fmt(a, "/evenements/%.*s", (int)s->event_address.n, s->event_address.p) };
	v->links = (struct view_links){ p, n };
}

struct view_parcours_steps
parcours_steps_view(struct req *r, const struct parcours *p, int hours, struct view_parcours_answers *ret_answers)
{
	struct arena *a = r->arena;
	struct view_parcours_step *v = arena_array(a, struct view_parcours_step, p->n + 1);
	struct view_parcours_answer *answers = arena_array(a, struct view_parcours_answer, p->n + 1);
	size_t n = 0, nanswers = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct parcours_step *s = &p->steps[i];
		if (!parcours_step_shown(s, hours))
			continue;
		struct view_parcours_step *x = &v[n++];
		*x = (struct view_parcours_step){ .id = arena_fmt(a, "etape-%.*s", (int)s->code.n, s->code.p),
			                          .code = s->code,
			                          .here = link_fmt(a, "#etape-%.*s", (int)s->code.n, s->code.p),
			                          .number = arena_fmt(a, "%zu", n),
			                          .kind = parcours_kind_words(s->kind),
			                          .mark = s->kind,
			                          .title = s->title,
			                          .duration = parcours_duration(a, s->minutes) };
		if (str_eq(s->kind, STR("question")))
			question_of(a, s, x, answers, &nanswers);
		else if (s->body.n)
			x->body = markdown_render(a, s->body, 4);
		if (s->sheet_id)
			x->sheet = (struct view_sheet_mini){ cote_of(a, s->sheet_type, s->sheet_id), s->sheet_title, link_sheet(a, s->sheet_id, s->sheet_slug),
				                             s->sheet_summary };
		else if (s->event_ref.n)
			event_of(a, s, x);
	}
	*ret_answers = (struct view_parcours_answers){ answers, nanswers };
	return (struct view_parcours_steps){ v, n };
}
