package locale

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	strict "github.com/go-json-experiment/json"

	"github.com/followthrough/followthrough/models"
)

// keys reads the messages of a language with a decoder that refuses a key that stands twice: the later one would win
// without a word.
func keys(t *testing.T, l models.Lang) map[string]any {
	t.Helper()
	b, err := files.ReadFile(string(l) + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := strict.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

var (
	used     = regexp.MustCompile(`(?:\bT\(|Fields\(|Key: +|key: +|Field\([^,()]+, +|next(?::|  *=) +|safe :?= +|done\(c, [^"\n]*(?:"[^"\n]*"[^"\n]*)?, |recorded\(c, u, |roundReply\(c, in.Ref, |key :?= )"([a-z_]+\.[a-z_.A-Z0-9]+|[a-z_]+)"`)
	argument = regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	action   = regexp.MustCompile(`Action: "([a-z_.]+)"`)
	literal  = regexp.MustCompile(`"((?:nav|error)\.[a-z_]+)"`)

	// The tables and columns of data packages; words in one language are explained by what they word.
	table        = regexp.MustCompile(`\btableOf\("(\w+)"`)
	column       = regexp.MustCompile(`\{Name: "(\w+)", (?:Type|Value):`)
	worded       = regexp.MustCompile(`_(?:en|ja)$`)
	inListsAlone = []string{"was", "change", "parts", "attendances"}
)

// sources reads every Go and templ file that could use a message.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return fs.SkipDir
		}
		if strings.HasSuffix(name, ".templ") || strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go") {
			b, err := fs.ReadFile(root, name)
			if err != nil {
				return err
			}
			all.Write(b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// ofMethod adds the messages that the outline of the method, its crosswalk and the API page take by their codes.
func ofMethod(all map[string][]string) map[string][]string {
	for _, chapter := range models.MethodOutline() {
		all["chapter"] = append(all["chapter"], chapter.Chapter)
		for _, r := range chapter.Rules {
			all["rule"] = append(all["rule"], r, r+"_text")
		}
		for _, s := range chapter.Scales {
			all["scale"] = append(all["scale"], s.Scale)
			for _, c := range s.Codes {
				all[s.Labels] = append(all[s.Labels], c)
				all["define"] = append(all["define"], s.Scale+"_"+c)
			}
		}
	}
	for _, p := range models.Crosswalk() {
		all["crosswalk"] = append(all["crosswalk"], p.Code, p.Code+"_note")
	}
	all["field"] = []string{"items", "total", "at_least", "next", "facets", "item", "as_of", "vs", "known_at", "data_version", "type", "title", "status", "detail", "instance", "errors", "id", "current"}
	all["api"] = []string{"list", "record", "redirect", "document", "prose", "changed"}
	return all
}

// dynamic lists the families of keys whose last part is a code.
func dynamic() map[string][]string {
	strs := func(n int, at func(int) string) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = at(i)
		}
		return out
	}
	return ofMethod(map[string][]string{
		"status": strs(len(models.Statuses), func(i int) string { return string(models.Statuses[i]) }),
		"mark":   strs(len(models.Marks), func(i int) string { return string(models.Marks[i]) }),
		"grade":  strs(len(models.Grades), func(i int) string { return string(models.Grades[i]) }),
		"change": strs(len(models.Changes), func(i int) string { return string(models.Changes[i]) }),
		"matrix": {"over_meetings", "over_countries", "note_meetings", "note_countries", "by_meetings", "by_countries", "words", "glyphs", "show_meetings", "show_countries"},
		"record": {"initiative", "commitment", "statement", "meeting", "delegate", "evidence", "country", "topic", "search_note", "contradiction", "forum", "user", "session", "token", "invitation", "update", "round", "import", "briefing"},
		"format": {"in_person", "virtual"}, "standing": {"statement", "readout", "text"}, "extent": {"full", "excerpt"},
		"part":   {"title", "words", "ref", "forum", "city", "summary", "paragraph", "office", "variants", "verb", "topic", "update", "context", "search_note", "publication", "publisher", "note", "notes"},
		"search": {"kind_initiative", "kind_commitment", "kind_statement", "kind_meeting", "kind_delegate", "kind_evidence", "group_initiative", "group_commitment", "group_statement", "group_meeting", "group_delegate", "group_evidence"},
		"sort":   strs(len(models.Sorts), func(i int) string { return string(models.Sorts[i]) }),
		"only":   {"en", "ja"}, "confidence": {"statement", "verified", "recalled", "unsourced"}, "stance": {"supports", "contradicts", "context"},
		"schedule": {"undated", "not_due", "due_soon", "overdue", "met_on_time", "met_late"},
		"evidence": {"official_primary", "official_secondary", "media", "other"}, "role": {"lead", "contributor", "not_applicable", "head", "host", "member"},
		"kind":     {"commitment", "political_commitment", "framework", "workstream", "campaign", "position", "assessment", "initiative"},
		"strength": models.Strengths,
		"relation": models.ParagraphRelations, "turn": models.Turns,
		"lineage":       models.Lineages,
		"contradiction": {"between_sources", "between_languages", "quirk"}, "tools": {"json", "csv", "xlsx", "zip", "txt", "atom", "ics", "svg", "md", "html"}, "lead": {"forward", "back", "new", "other"},
		"facet":    {"kind", "topic", "status", "country", "change", "mark", "grade", "meeting", "forum", "delegate", "mark_hint", "meeting_hint", "forum_hint", "delegate_hint"},
		"event":    strs(len(models.EventKinds), func(i int) string { return string(models.EventKinds[i]) }),
		"calendar": {"meetings", "due_day", "due_month", "due_quarter", "due_year", "due_meeting"},
		"count":    {"change_forward", "change_back", "change_new", "change_other", "change_none"},
		"notes":    {"known_at", "list", "page", "package", "data", "next", "filters", "as_of", "vs", "version", "exported_on", "terms"},
		"table":    {"topic", "activity", "matrix", "country", "search-notes", "search"}, "column": {"update", "summary_statuses", "wording_en", "wording_ja"}, "package": {"title", "about", "caution", "tables", "codes"}, "licence": {"data", "quoted"},
		"edit": {"group_words", "group_time", "group_following", "group_place", "group_verb", "group_read_out", "group_where", "group_number", "group_note", "edit_statement", "remove_statement", "new_statement", "edit_commitment", "remove_commitment", "new_commitment", "meeting", "issued_on", "issued_on_hint", "verb_hint", "actor", "addressee", "due", "measure", "of_text_hint", "choose", "earlier", "earlier_hint", "compared", "relation", "publications", "add_publications", "code", "statement", "paragraph", "verb", "strength", "not_trackable_reason.en", "not_trackable_reason.ja", "initiatives", "marks", "lang", "exact", "place",
			"either_hint", "add_notes", "add_offices", "attendances", "attendances_hint", "begins_on", "begins_on_hint", "city.en", "city.ja", "country", "created", "day_hint", "described_on", "described_on_hint", "due_by_meeting", "due_on", "due_on_hint", "edit_country", "edit_delegate", "edit_forum", "edit_initiative", "edit_meeting", "edit_topic", "ends_on", "first_meeting", "format", "forum", "from", "host", "in_person_number", "initiative_ref_hint", "iso2", "iso2_hint", "iso3", "kind", "lead_country", "lines_hint", "meeting_ref_hint", "members", "name.en", "name.ja", "new_country", "new_delegate", "new_forum", "new_initiative", "new_meeting", "new_topic", "no", "no_part", "none", "note.en", "note.ja", "notes", "notes.en", "notes.ja", "number", "office", "offices", "parent", "parts", "person.en", "person.ja", "position", "public", "ref", "related", "remove", "remove_country", "remove_delegate", "remove_forum", "remove_initiative", "remove_meeting", "remove_note", "remove_topic", "removed", "restore", "restored", "role", "row", "row_of", "save", "saved", "slug", "slug_hint", "sources", "sources_hint", "standing", "starts_on", "summary.en", "summary.ja", "superseded_by", "term.en", "term.ja", "title.en", "title.ja", "topic", "trackable", "unchanged", "until", "until_known", "variants", "yes"},
		"import":   importWords(),
		"chart":    chartWords(),
		"briefing": {"include_summary", "include_changes", "include_topics", "include_wording", "include_statement", "include_evidence", "lang_en", "lang_ja", "lang_both", "paper_a4", "paper_letter", "n_forward", "n_back", "n_new", "n_other", "kept", "carried", "unassessed"},
		"role_of":  strs(len(models.Roles), func(i int) string { return string(models.Roles[i]) }), "role_note": strs(len(models.AccountRoles), func(i int) string { return string(models.AccountRoles[i]) }),
		"input": {"status", "effective_on", "meeting", "note.en", "note.ja"}, "scope": {"read", "write"}, "item": {"todo", "draft", "confirmed", "changed"}, "round": {"state_draft", "state_in_review", "state_published", "state_corrected"}, "audit": {"actor", "object", "from", "until"}, "action": models.AuditActions, "finding": {"missing", "hash", "anchor", "reference", "status", "text", "content"},
		"error": {"title_moved", "used_by_meetings", "used_by_forums", "used_by_delegates", "used_by_initiatives", "used_by_updates", "used_by_topics", "used_by_statements", "used_by_rounds", "title_malformed", "title_anonymous", "title_stale", "title_unversioned", "title_reused", "title_too_large", "title_media", "title_too_many", "title_too_different", "title_altered", "title_invalid", "title_not_found", "title_forbidden", "title_conflict", "title_gone", "title_busy", "title_internal", "title_method", "title_not_acceptable", "busy", "conflict", "invalid", "forbidden"},
	})
}

// chartWords are the words of the findings and scales of charts that are found by their codes.
func chartWords() []string {
	all := []string{"also_delivered", "also_stalled", "also_dropped", "topics_sub", "topics_sub_bars", "country_sub", "country_sub_tenths"}
	for _, s := range models.Statuses {
		all = append(all, "lead_"+string(s), "all_"+string(s))
	}
	return all
}

// importWords are the words of bringing a statement in that are found by their codes.
func importWords() []string {
	all := []string{"begun", "lang_en", "lang_ja", "ends_on_hint", "described", "did", "did_match", "all_matched", "undone", "published", "publications", "new_meeting", "publication_count",
		"do_again", "do_match", "do_no_preface", "confidence_high", "confidence_check", "confidence_unpaired", "confidence_checked", "count_high", "count_check", "count_unpaired", "count_checked",
		"stage_read", "stage_align", "stage_suggest", "stage_ended", "state_suggested", "state_accepted", "part_verb", "part_actor", "part_addressee", "part_due", "part_measure",
		"format_text", "format_markdown", "format_html", "format_docx", "format_pipes", "format_table", "format_alternating"}
	for _, name := range []string{"meeting", "issued_on", "lang", "title", "standing", "texts", "publications", "words", "exact", "place", "row", "rows", "type", "strength", "verb", "not_trackable_reason", "title.en", "title.ja",
		"not_trackable_reason.en", "not_trackable_reason.ja", "track", "initiatives", "initiative", "earlier", "marks", "undecided", "before"} {
		all = append(all, "field."+name)
	}
	for _, step := range slices.Concat(models.AlignSteps, models.MarkSteps) {
		all = append(all, "do_"+step)
	}
	for _, step := range models.DraftSteps {
		all = append(all, "step_"+step)
	}
	for _, t := range models.SuggestionTypes {
		all = append(all, "type_"+t)
	}
	return all
}

func TestLanguagesHaveTheSameMessages(t *testing.T) {
	t.Parallel()
	en, ja := keys(t, models.English), keys(t, models.Japanese)
	text := func(v any) string { b, _ := json.Marshal(v); return string(b) }
	args := func(v any) []string {
		all := argument.FindAllString(text(v), -1)
		slices.Sort(all)
		return slices.Compact(all)
	}
	for key, v := range en {
		other, ok := ja[key]
		if !ok {
			t.Errorf("%s has no Japanese message", key)
			continue
		}
		if !slices.Equal(args(v), args(other)) {
			t.Errorf("%s takes %v in English and %v in Japanese", key, args(v), args(other))
		}
	}
	for key := range ja {
		if _, ok := en[key]; !ok {
			t.Errorf("%s has no English message", key)
		}
	}
}

func TestEveryMessageIsThereAndUsed(t *testing.T) {
	t.Parallel()
	source := sources(t)
	have, wanted := keys(t, models.English), map[string]bool{}
	for _, m := range used.FindAllStringSubmatch(source, -1) {
		wanted[m[1]] = true
	}
	for _, m := range literal.FindAllStringSubmatch(source, -1) {
		wanted[m[1]] = true
	}
	for _, m := range table.FindAllStringSubmatch(source, -1) {
		wanted["table."+m[1]], wanted["about."+m[1]] = true, true
	}
	for _, m := range column.FindAllStringSubmatch(source, -1) {
		if !slices.Contains(inListsAlone, m[1]) {
			wanted["column."+worded.ReplaceAllString(m[1], "")] = true
		}
	}
	for _, m := range action.FindAllStringSubmatch(source, -1) {
		wanted["action."+m[1]] = true
	}
	for family, codes := range dynamic() {
		for _, c := range codes {
			wanted[family+"."+c] = true
		}
	}
	for _, m := range models.Marks {
		wanted["mark.short_"+string(m)] = true
	}
	for _, c := range []models.Change{models.ChangeForward, models.ChangeBack, models.ChangeOther} {
		wanted["change.short_"+string(c)] = true
	}
	for key := range wanted {
		if _, ok := have[key]; !ok && strings.Contains(key, ".") && !strings.HasSuffix(key, "_") && !strings.HasSuffix(key, ".") { // a key that ends so is a family
			t.Errorf("%s is used and has no message", key)
		}
	}
	for key := range have {
		if !wanted[key] {
			t.Errorf("%s is in the locales and nobody uses it", key)
		}
	}
}

// TestMethodSaysTheSameInBothLanguages compares the number of paragraphs of each rule and finds words on both sides.
func TestMethodSaysTheSameInBothLanguages(t *testing.T) {
	t.Parallel()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	both := func(what string, all ...models.Text) {
		for _, text := range all {
			if text.EN == "" || text.JA == "" || text.EN == text.JA && text.EN != "CSC 2.0" {
				t.Errorf("%s: %+v; want words in both languages", what, text)
			}
		}
	}
	m := c.Method()
	for _, chapter := range m.Chapters {
		both(chapter.Code, chapter.Title)
		for _, r := range chapter.Rules {
			both(r.Anchor, append(r.Paragraphs, r.Title)...)
		}
		for _, s := range chapter.Scales {
			both(s.Code, s.Title)
			for _, term := range s.Terms {
				both(term.Anchor, term.Label, term.Definition)
			}
		}
	}
	for _, p := range m.Crosswalk {
		both(p.Code, p.Title, p.Note)
	}
}

func TestDatesAndPlurals(t *testing.T) {
	t.Parallel()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	en, ja := c[models.English], c[models.Japanese]
	a, b := models.NewDate(2023, 12, 5), models.NewDate(2023, 12, 6)
	month, _ := models.ParseDate("2023-10")
	quarter, _ := models.ParseDate("2023-Q4")
	for got, want := range map[string]string{
		en.Days(a, b): "5–6 December 2023", ja.Days(a, b): "2023年12月5日～6日", en.Date(b): "6 December 2023", ja.Date(b): "2023年12月6日",
		en.Date(month): "October 2023", ja.Date(month): "2023年10月", en.Date(quarter): "Q4 2023", ja.Date(quarter): "2023年第4四半期",
		en.Days(models.NewDate(2023, 1, 30), models.NewDate(2023, 2, 1)): "30 January 2023 – 1 February 2023", en.Days(b, b): "6 December 2023",
		en.T("count.initiatives", "n", 1): "1 initiative", en.T("count.initiatives", "n", 2): "2 initiatives", ja.T("count.initiatives", "n", 1): "取組1件",
		en.T("count.change_back", "n", 1): "1 slipped", en.T("no.such.key"): "⟨no.such.key⟩",
	} {
		if got != want {
			t.Errorf("got %q; want %q", got, want)
		}
	}
}
