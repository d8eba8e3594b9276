package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	badTarget = "QSCG-CYBER-CHALLENGE"
	badParts  = "TEST-PARTS" // of Japan, and not applicable to the United States
	badStruck = "ani-ransom" // evidence that was struck out
	assessing = "/api/v1/initiatives/" + badTarget + "/updates"
)

// badCase is a change that must be refused.
type badCase struct {
	name   string
	body   string
	status int
	field  string   // that errors[] must name; empty where no field is at fault, and then it must name none
	to     string   // address; that of the updates of badTarget when empty
	header []string // over those of a good change; an empty value leaves one out
}

// badScene is what the cases refer to.
type badScene struct {
	*desk
	good      []string // headers of a good change
	analyst   models.User
	corrected int64 // id of an update of badTarget that another one replaced
	standing  int64 // id of the one that stands
	elsewhere int64 // id of an imported update of another initiative
	cited     models.Evidence
}

// whole is a good change, of which each case spoils one thing.
func whole() map[string]any {
	return map[string]any{
		"status": "under_way", "effective_on": "2026-11-01", "reason": "evidence", "meeting": "qscg-2023-12", "country": "",
		"note": map[string]any{"en": "Announced.", "ja": "発表された。"},
		"evidence": []any{map[string]any{"url": "https://example.org/a", "title": "A", "publisher": "P", "kind": "media", "lang": "en",
			"published_on": "2026-10", "grade": "E2", "stance": "supports"}},
		"search_note": map[string]any{"searched_on": "2026-11-02", "where": "W", "queries": []any{"q"}, "result": map[string]any{"en": "Nothing.", "ja": "なし。"}},
	}
}

// but is the good change with other values: pairs of a path and raw JSON, or nothing to leave the field out.
func but(pairs ...string) string {
	tree := whole()
	raw := []string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		put(tree, strings.Split(pairs[i], "."), fmt.Sprintf("HOLE%d.", len(raw)), pairs[i+1] == "")
		raw = append(raw, fmt.Sprintf(`"HOLE%d."`, len(raw)), pairs[i+1])
	}
	b, err := json.Marshal(tree)
	if err != nil {
		panic(err) // texts and lists always encode
	}
	return strings.NewReplacer(raw...).Replace(string(b))
}

// put sets or removes the value at a path; a new row is added to the end of a list.
func put(in any, path []string, value any, remove bool) any {
	if len(path) == 0 {
		return value
	}
	switch in := in.(type) {
	case []any:
		n, err := strconv.Atoi(path[0])
		if err != nil {
			panic(err)
		}
		if n == len(in) {
			in = append(in, map[string]any{})
		}
		in[n] = put(in[n], path[1:], value, remove)
		return in
	case map[string]any:
		if remove && len(path) == 1 {
			delete(in, path[0])
		} else {
			in[path[0]] = put(in[path[0]], path[1:], value, remove)
		}
		return in
	}
	return put(map[string]any{}, path, value, remove)
}

// quoted is a JSON text.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text always encodes
	}
	return string(b)
}

// newBadScene makes a desk where somebody has judged, corrected and struck out before.
func newBadScene(t *testing.T, s *store.Store) *badScene {
	t.Helper()
	d := newDesk(t, s)
	b := &badScene{desk: d, analyst: d.member(models.Analyst)}
	err := s.Write(context.Background(), models.Program, store.Change{Action: "add", Object: "initiative:" + badParts, Needs: models.PermitImport}, func(tx *store.Tx) error {
		return tx.AddInitiative(models.InitiativeRecord{
			Initiative: models.Initiative{Ref: badParts, Title: models.Text{EN: "Parts"}, Kind: "campaign", Topic: "cyber-challenge", BeginsOn: models.NewDate(2023, 1, 1), Trackable: true,
				Confidence: models.Verified, Parts: []models.Part{{Country: "JP", Role: "lead"}, {Country: "US", Role: "not_applicable"}}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.good = []string{"Authorization", "Bearer " + d.token(b.analyst, models.ScopeWrite), "Content-Type", "application/json"}
	b.corrected = b.taken(assessing, but(), "Idempotency-Key", "used", "If-Match", b.tag(badTarget))
	b.standing = b.taken(assessing, but("evidence.0.url", `"https://example.org/b"`, "replaces", fmt.Sprint(b.corrected), "reason", `"correction"`), "If-Match", b.tag(badTarget))
	b.taken("/api/v1/evidence/"+badStruck+"/retract", `{"reason":{"en":"A copy."}}`)
	b.good = append(b.good, "If-Match", b.tag(badTarget))
	other, err := s.Initiative(context.Background(), models.Public, models.When{}, "QSCG-AI-ML")
	if err != nil {
		t.Fatal(err)
	}
	b.elsewhere, b.cited = other.Item.Updates[0].ID, other.Item.Updates[0].Evidence[0].Evidence
	return b
}

// taken posts a change that must be made, and returns the id of the update.
func (b *badScene) taken(address, body string, header ...string) int64 {
	b.t.Helper()
	r := b.send(address, body, append(slices.Clone(b.good), header...)...)
	answer := read(b.t, r)
	var made struct {
		ID int64 `json:"id"`
	}
	if r.StatusCode >= 300 || json.Unmarshal([]byte(answer), &made) != nil {
		b.t.Fatalf("POST %s: %d %s; want it to be taken", address, r.StatusCode, answer)
	}
	return made.ID
}

// tag is the entity tag of an initiative now.
func (b *badScene) tag(ref string) string {
	return b.do("GET", "/api/v1/initiatives/"+ref).Header.Get("ETag")
}

func TestBadInputIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := newBadScene(t, s)
		cases := slices.Concat(badSyntax(), badBytes(), badNames(), badTypes(), badCharacters(), badLengths(), badDates(), badCodes(), badGrounds(), badAddresses(),
			b.badRefs(), b.badEvidence(), b.badHeaders(), b.badTokens(), b.badVersions(), b.badUndos(), b.badRetractions())
		before := b.kept()
		names := map[string]bool{}
		for _, c := range cases {
			if names[c.name] {
				t.Fatalf("two cases are called %q", c.name)
			}
			names[c.name] = true
			t.Run(c.name, func(t *testing.T) {
				defer func() {
					if after := b.kept(); after != before {
						t.Errorf("the record held %+v and holds %+v; nothing may be written", before, after)
						before, b.good = after, append(b.good, "If-Match", b.tag(badTarget)) // so that the next case is judged alone
					}
				}()
				b.refused(t, c)
			})
		}
		key := strings.Repeat(session.NewSecret(), 2) + strings.Repeat("\xff", 8000) + session.NewSecret()   // a key may be anything
		made := b.taken(assessing, but("evidence.0.url", `"https://example.org/c"`), "Idempotency-Key", key) // what was spoiled is the reason, not the rest
		if again := b.taken(assessing, but("evidence.0.url", `"https://example.org/c"`), "Idempotency-Key", key); again != made {
			t.Errorf("the same change under the same key made update %d and then %d", made, again)
		}
		t.Logf("%d cases of bad input on %s", len(cases), t.Name())
	})
}

// refused sends a case and checks that the answer is a whole problem document that names the field at fault.
func (b *badScene) refused(t *testing.T, c badCase) {
	t.Helper()
	to := c.to
	if to == "" {
		to = assessing
	}
	r := b.send(to, c.body, append(slices.Clone(b.good), c.header...)...)
	body := read(t, r)
	if r.StatusCode != c.status {
		t.Errorf("status %d, want %d; %.400s", r.StatusCode, c.status, body)
	}
	if got := r.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/problem+json") {
		t.Fatalf("Content-Type %q, want application/problem+json; %.400s", got, body)
	}
	var p struct {
		Type, Title, Detail, Instance string
		Status                        int
		Errors                        *[]struct{ Field, Message string }
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatalf("%v: %.400s", err, body)
	}
	path, _, _ := strings.Cut(to, "?")
	path, err := url.PathUnescape(path)
	if err != nil {
		t.Fatal(err)
	}
	path = strings.ToValidUTF8(path, "\ufffd")
	if !strings.HasPrefix(p.Type, "urn:followthrough:problem:") || p.Title == "" || p.Detail == "" || p.Status != r.StatusCode || p.Instance != path || p.Errors == nil {
		t.Fatalf("the problem document is not whole: %.400s", body)
	}
	found := c.field == "" && len(*p.Errors) == 0
	for _, e := range *p.Errors {
		found = found || e.Field == c.field
		if e.Field == "" || e.Message == "" || strings.Contains(e.Message, "<no value>") {
			t.Errorf("a field without a name or a message: %.400s", body)
		}
	}
	if !found || len(body) > 16<<10 {
		t.Errorf("%d bytes name the wrong fields, want %q: %.400s", len(body), c.field, body)
	}
}

// badSyntax are bodies that are no single JSON object.
func badSyntax() []badCase {
	good := but()
	deep := strings.Repeat("[", 20_000)
	return []badCase{
		{name: "empty body", body: "", status: 400, field: "body"},
		{name: "blank body", body: " \n\t ", status: 400, field: "body"},
		{name: "null", body: "null", status: 400, field: "body"},
		{name: "array", body: "[" + good + "]", status: 400, field: "body"},
		{name: "empty array", body: "[]", status: 400, field: "body"},
		{name: "text", body: `"status"`, status: 400, field: "body"},
		{name: "number", body: "7", status: 400, field: "body"},
		{name: "true", body: "true", status: 400, field: "body"},
		{name: "text behind", body: good + " and more", status: 400, field: "body"},
		{name: "brace behind", body: good + "}", status: 400, field: "body"},
		{name: "comma behind", body: good + ",", status: 400, field: "body"},
		{name: "two values", body: good + good, status: 400, field: "body"},
		{name: "two lines of values", body: good + "\n" + good, status: 400, field: "body"},
		{name: "null behind", body: good + " null", status: 400, field: "body"},
		{name: "brace alone", body: "{", status: 400, field: "body"},
		{name: "cut short in a name", body: `{"status`, status: 400, field: "body"},
		{name: "cut short before the end", body: strings.TrimSuffix(good, "}"), status: 400, field: "body"},
		{name: "cut short in a text", body: `{"status":"under`, status: 400, field: "status"},
		{name: "cut short in a row", body: `{"evidence":[{"url":"https://example.org/a"`, status: 400, field: "evidence.0"},
		{name: "comma before the end", body: strings.TrimSuffix(good, "}") + ",}", status: 400, field: "body"},
		{name: "comment", body: "/* why */" + good, status: 400, field: "body"},
		{name: "line comment", body: good + "// why", status: 400, field: "body"},
		{name: "single quotes", body: `{'status':'under_way'}`, status: 400, field: "body"},
		{name: "name without quotes", body: `{status:"under_way"}`, status: 400, field: "body"},
		{name: "not a number", body: but("replaces", "NaN"), status: 400, field: "replaces"},
		{name: "leading zero", body: but("replaces", "01"), status: 400, field: "body"},
		{name: "hexadecimal", body: but("replaces", "0x1"), status: 400, field: "body"},
		{name: "unknown escape", body: but("note.en", `"\x41"`), status: 400, field: "note.en"},
		{name: "escape cut short", body: but("note.en", `"\u00"`), status: 400, field: "note.en"},
		{name: "raw line break in a text", body: but("note.en", "\"a\nb\""), status: 400, field: "note.en"},
		{name: "form in place of JSON", body: "status=under_way&reason=evidence", status: 400, field: "body"},
		{name: "XML in place of JSON", body: "<update><status>under_way</status></update>", status: 400, field: "body"},
		{name: "nesting without end", body: deep, status: 400, field: "0"},
		{name: "nesting without end in a field", body: `{"evidence":` + deep, status: 400, field: "evidence"},
		{name: "deep list in a field", body: but("evidence", strings.Repeat("[", 40)+strings.Repeat("]", 40)), status: 400, field: "evidence.0"},
		{name: "deep object in a field", body: but("note", strings.Repeat(`{"en":`, 40)+"1"+strings.Repeat("}", 40)), status: 400, field: "note.en"},
		{name: "deep list closed", body: but("evidence", strings.Repeat("[", 9_000)+strings.Repeat("]", 9_000)), status: 400, field: "evidence.0"},
	}
}

// badBytes are bodies that are not UTF-8, which PostgreSQL would refuse and SQLite would keep.
func badBytes() []badCase {
	cases := []badCase{
		{name: "byte order mark", body: "\ufeff" + but(), status: 400, field: "body"},
		{name: "UTF-16", body: "\xff\xfe{\x00}\x00", status: 400, field: "body"},
		{name: "NUL before", body: "\x00" + but(), status: 400, field: "body"},
		{name: "NUL behind", body: but() + "\x00", status: 400, field: "body"},
		{name: "gzip", body: "\x1f\x8b\x08\x00", status: 400, field: "body", header: []string{"Content-Encoding", "gzip"}},
		{name: "bytes in a name", body: "{\"sta\xfftus\":1}", status: 400, field: "body"},
	}
	for name, bytes := range map[string]string{
		"a stray byte": "\xff", "a cut character": "\xe3\x81", "a long form": "\xc0\xaf", "a surrogate as bytes": "\xed\xa0\x80", "beyond Unicode": "\xf4\x90\x80\x80",
		"Shift JIS": "\x93\xfa\x96\x7b", "Latin-1": "caf\xe9",
		"a high surrogate alone": `\ud800`, "a low surrogate alone": `\udc00`, "surrogates swapped": `\udc00\ud800`, "a high surrogate before a letter": `\ud83da`,
	} {
		cases = append(cases, badCase{name: name, body: but("note.en", `"a`+bytes+`"`), status: 400, field: "note.en"})
	}
	for _, field := range []string{"status", "country", "effective_on", "evidence.0.title", "evidence.0.url", "search_note.where", "search_note.queries.0", "search_note.result.ja"} {
		cases = append(cases, badCase{name: "a stray byte in " + field, body: but(field, "\"\xff\""), status: 400, field: field},
			badCase{name: "a surrogate alone in " + field, body: but(field, `"\ud800"`), status: 400, field: field})
	}
	return cases
}

// badNames are fields that there are not, and fields that stand twice.
func badNames() []badCase {
	var cases []badCase
	for _, field := range []string{
		"foo", "id", "initiative", "author", "recorded_at", "review_mark", "grade", "published", "__proto__", "statuss", "status ", "ｓtatus",
		"Status", "STATUS", "effectiveOn", "Effective_On", "SearchNote",
		"note.fr", "note.EN", "note.", "evidence.0.id", "evidence.0.URL", "evidence.0.retracted_at", "evidence.0.note", "evidence.0.confidence",
		"search_note.suggested_status", "search_note.initiative", "search_note.Where", "search_note.result.de",
	} {
		cases = append(cases, badCase{name: "unknown " + field, body: but(field, `"x"`), status: 400, field: field})
	}
	cases = append(cases, badCase{name: "unknown and null", body: but("foo", "null"), status: 400, field: "foo"},
		badCase{name: "no name", body: `{"":1}`, status: 400, field: "body"},
		badCase{name: "very long name", body: `{"` + strings.Repeat("x", 100_000) + `":1}`, status: 400, field: strings.Repeat("x", 40) + "…"},
		badCase{name: "names without end", body: but("note", manyNames(5_000)), status: 400, field: "note.n0"})
	for field, twice := range map[string]string{
		"status": `{"status":"under_way","status":"under_way"}`, "reason": `{"reason":"event","status":"delivered","reason":"event"}`,
		"note": `{"note":{},"note":{"en":"a"}}`, "note.en": `{"note":{"en":"a","ja":"b","en":"c"}}`, "evidence": `{"evidence":[],"evidence":[]}`,
		"evidence.0.url": `{"evidence":[{"url":"https://a.example/","url":"https://b.example/"}]}`, "evidence.1.grade": `{"evidence":[{},{"grade":"E1","grade":"E2"}]}`,
		"search_note.where": `{"search_note":{"where":"a","where":"b"}}`, "search_note.result.ja": `{"search_note":{"result":{"ja":"a","ja":"b"}}}`, "foo": `{"foo":1,"foo":2}`,
	} {
		cases = append(cases, badCase{name: "twice " + field, body: twice, status: 400, field: field})
	}
	return append(cases, badCase{name: "twice by an escape", body: `{"status":"under_way","\u0073tatus":"delivered"}`, status: 400, field: "status"})
}

// manyNames is an object of n fields that there are not.
func manyNames(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`"n%d":%d`, i, i))
	}
	return "{" + strings.Join(all, ",") + "}"
}

// textFields are the fields that hold a text.
var textFields = []string{"country", "status", "effective_on", "reason", "note.en", "note.ja", "meeting", "evidence.0.ref", "evidence.0.url", "evidence.0.title",
	"evidence.0.publisher", "evidence.0.kind", "evidence.0.lang", "evidence.0.published_on", "evidence.0.grade", "evidence.0.stance", "search_note.ref",
	"search_note.searched_on", "search_note.where", "search_note.queries.0", "search_note.result.en", "search_note.result.ja"}

func badTypes() []badCase {
	var cases []badCase
	add := func(field string, values ...string) {
		for _, v := range values {
			cases = append(cases, badCase{name: field + " is " + v, body: but(field, v), status: 400, field: field})
		}
	}
	for _, field := range textFields {
		add(field, "7", "true", `["x"]`, "{}")
	}
	add("replaces", `"1"`, "1.5", "1e400", "1e300", "-1e300", "1e1000000", "true", "[1]", "{}")
	for _, field := range []string{"note", "search_note", "evidence.0", "search_note.result"} {
		add(field, `"x"`, "7", "[]", "false")
	}
	for _, field := range []string{"evidence", "search_note.queries"} {
		add(field, `"x"`, "7", "{}", "true")
	}
	return cases
}

// badCharacters are what no keyboard makes; the answer names the field.
func badCharacters() []badCase {
	var cases []badCase
	for name, c := range map[string]string{
		"NUL": `\u0000`, "start of heading": `\u0001`, "bell": `\u0007`, "backspace": `\b`, "vertical tab": `\u000b`, "form feed": `\f`, "escape": `\u001b`, "unit separator": `\u001f`,
		"delete": `\u007f`, "delete, raw": "\x7f", "padding character": `\u0080`, "next line": `\u0085`, "next line, raw": "\u0085", "application command": `\u009f`,
		"FDD0": `\ufdd0`, "FDEF": `\ufdef`, "FFFE": `\ufffe`, "FFFF": `\uffff`, "FFFF, raw": "\uffff", "1FFFE": `\ud83f\udffe`, "10FFFF": `\udbff\udfff`,
	} {
		cases = append(cases, badCase{name: "character " + name, body: but("note.ja", `"予算`+c+`"`), status: 400, field: "note.ja"})
	}
	for _, field := range textFields {
		status := 400
		if strings.HasSuffix(field, "_on") {
			status = 422 // it is no date
		}
		cases = append(cases, badCase{name: "NUL in " + field, body: but(field, `"a\u0000"`), status: status, field: field})
	}
	return append(cases,
		badCase{name: "raw NUL in a text", body: but("note.en", "\"a\x00\""), status: 400, field: "note.en"},
		badCase{name: "raw escape in a text", body: but("evidence.0.title", "\"\x1b[31m\""), status: 400, field: "evidence.0.title"})
}

func badLengths() []badCase {
	long := func(n int) string { return quoted(strings.Repeat("字", n)) }
	cases := []badCase{}
	for field, most := range map[string]int{
		"note.en": models.MaxNote, "note.ja": models.MaxNote, "evidence.0.title": models.MaxTitle, "evidence.0.publisher": models.MaxTitle, "search_note.where": models.MaxTitle,
		"search_note.queries.0": models.MaxTitle, "search_note.result.en": models.MaxNote, "search_note.result.ja": models.MaxNote,
	} {
		cases = append(cases, badCase{name: "too long " + field, body: but(field, long(most+1)), status: 422, field: field})
	}
	for _, field := range []string{"country", "status", "reason", "meeting", "evidence.0.ref", "evidence.0.kind", "evidence.0.lang", "evidence.0.grade", "evidence.0.stance", "search_note.ref",
		"effective_on", "evidence.0.published_on", "search_note.searched_on"} {
		cases = append(cases, badCase{name: "far too long " + field, body: but(field, long(30_000)), status: 422, field: field})
	}
	row := `{"ref":"wh-2023-12-15","grade":"E1","stance":"context"}`
	return append(cases,
		badCase{name: "too long address", body: but("evidence.0.url", quoted("https://example.org/"+strings.Repeat("a", models.MaxURL))), status: 422, field: "evidence.0.url"},
		badCase{name: "51 rows of evidence", body: but("evidence", "["+strings.Repeat(row+",", 50)+row+"]"), status: 422, field: "evidence"},
		badCase{name: "51 words looked for", body: but("search_note.queries", "["+strings.Repeat(`"a",`, 50)+`"b"]`), status: 422, field: "search_note.queries"},
		badCase{name: "too large", body: but("note.en", long(100_000)), status: 413},
		badCase{name: "one byte too large", body: but() + strings.Repeat(" ", 256<<10+1-len(but())), status: 413})
}

func badDates() []badCase {
	var cases []badCase
	for _, field := range []string{"effective_on", "evidence.0.published_on", "search_note.searched_on"} {
		for _, day := range []string{"2026-11-24", "2027", "2026-12", "2026-Q4", "2026", "2026-11", "9999-12-31", "1899-12-31", "1899", "0001-01-01", "0000-01-01", "0000-05", "0000-Q1", "0000",
			"2026-02-30", "2026-13-01", "2026-00-10", "2026-11-31", "2025-02-29", "2026-Q5", "2026-Q0", "2026-1-1", "20261101", "01/11/2026", "2026-11-01T00:00:00Z", "2026-11-01 ", " 2026-11-01",
			"-2026-11-01", "+2026", "tomorrow", "２０２６-１１-０１", "令和8年11月1日"} {
			cases = append(cases, badCase{name: field + " is " + day, body: but(field, quoted(day)), status: 422, field: field})
		}
	}
	for _, nothing := range []string{"", `""`, "null"} {
		cases = append(cases, badCase{name: "effective_on is left out as " + nothing, body: but("effective_on", nothing), status: 422, field: "effective_on"},
			badCase{name: "searched_on is left out as " + nothing, body: but("search_note.searched_on", nothing), status: 422, field: "search_note.searched_on"})
	}
	return cases
}

// badCodes are words that their list does not have.
func badCodes() []badCase {
	var cases []badCase
	for field, values := range map[string][]string{
		"status":                {"", "null", `""`, `"done"`, `"Delivered"`, `"delivered "`, `"DELIVERED"`, `"達成"`, `"not_applicable"`, `"superseded"`},
		"reason":                {"", "null", `""`, `"because"`, `"Event"`, `"import"`, `"event,evidence"`},
		"evidence.0.grade":      {"", "null", `""`, `"E0"`, `"E4"`, `"E9"`, `"e2"`, `"2"`, `"E2 "`},
		"evidence.0.stance":     {"", "null", `""`, `"for"`, `"Supports"`, `"neutral"`},
		"evidence.0.kind":       {`"blog"`, `"Media"`, `" "`, `"official"`},
		"evidence.0.lang":       {`"a language"`, `"en_US"`, `"日本語"`, `"<b>"`, `"-"`, `"e"`, `"en-"`, `"en--US"`, `"japanesish"`, `"ja;q=1"`, `"[x]"`},
		"evidence.0.title":      {"", "null", `""`, `"  "`, `"　"`, `"\u200b"`},
		"evidence.0.publisher":  {"", "null", `""`, `"\n"`},
		"search_note.where":     {"", "null", `""`, `"\t"`, `"\u2060"`},
		"search_note.result.en": {},
	} {
		for _, v := range values {
			cases = append(cases, badCase{name: field + " is the code " + v, body: but(field, v), status: 422, field: field})
		}
	}
	for name, v := range map[string]string{"left out": "", "null": "null", "empty": "{}", "blank": `{"en":" ","ja":"　"}`} {
		cases = append(cases, badCase{name: "a search without a result, " + name, body: but("search_note.result", v), status: 422, field: "search_note.result.en"})
	}
	return append(cases,
		badCase{name: "an empty object", body: "{}", status: 422, field: "status"},
		badCase{name: "an empty search note", body: but("search_note", "{}"), status: 422, field: "search_note.searched_on"},
		badCase{name: "an empty row of evidence", body: but("evidence", "[{}]"), status: 422, field: "evidence.0.url"},
		badCase{name: "a row that is null", body: but("evidence", "[null]"), status: 422, field: "evidence.0.grade"},
		badCase{name: "the second row at fault", body: but("evidence.1", `{"url":"https://example.org/2","title":"B","publisher":"P","grade":"E7","stance":"supports"}`), status: 422, field: "evidence.1.grade"})
}

// badGrounds are judgements without what their status must rest on (docs/status-scale.md).
func badGrounds() []badCase {
	var cases []badCase
	refuse := func(name, field, status string, pairs ...string) {
		pairs = append([]string{"status", quoted(status), "search_note", ""}, pairs...)
		cases = append(cases, badCase{name: status + " on " + name, body: but(pairs...), status: 422, field: field})
	}
	for _, status := range []string{"delivered", "partly_delivered", "under_way", "announced", "dropped", "stalled"} {
		refuse("nothing", "evidence", status, "evidence", "")
		refuse("an empty list", "evidence", status, "evidence", "[]")
		refuse("null", "evidence", status, "evidence", "null")
		refuse("what contradicts it", "evidence", status, "evidence.0.stance", `"contradicts"`, "evidence.0.grade", `"E3"`)
	}
	for _, status := range []string{"delivered", "partly_delivered"} {
		refuse("a statement", "evidence", status, "evidence.0.grade", `"E1"`)
		refuse("a statement and a contradiction", "evidence", status, "evidence.0.grade", `"E1"`,
			"evidence.1", `{"url":"https://example.org/2","title":"B","publisher":"P","grade":"E3","stance":"contradicts"}`)
	}
	note := `{"searched_on":"2026-11-02","where":"W","result":{"en":"Nothing."}}`
	for _, status := range []string{"delivered", "partly_delivered", "under_way", "announced", "dropped"} {
		refuse("a search note alone", "evidence", status, "evidence", "", "search_note", note)
	}
	refuse("evidence alone", "search_note", "no_public_action")
	refuse("nothing", "search_note", "no_public_action", "evidence", "")
	refuse("a search note that is null", "search_note", "no_public_action", "search_note", "null")
	for _, status := range []string{"stalled", "dropped"} {
		for name, reason := range map[string]string{"left out": "", "null": "null", "empty": "{}", "blank": `{"en":" \n","ja":"　"}`, "unseen": `{"en":"\u200b"}`} {
			refuse("no reason, "+name, "note.en", status, "note", reason)
		}
	}
	return cases
}

// badAddresses are evidence addresses that no page may link to (trust X2).
func badAddresses() []badCase {
	var cases []badCase
	for _, address := range []string{
		"", " ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "javascript://example.org/%0aalert(1)", "data:text/html,<b>", "data:text/html;base64,PGI+",
		"vbscript:x", "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "mailto:a@example.org", "blob:https://example.org/a", "view-source:https://example.org/", "ws://example.org/",
		"//example.org/a", "/a", "a", "example.org/a", "www.example.org", "http:", "http:/", "http://", "https:///a", "https://?q", "https://#a", "https://:443/a", "http:example.org", "https:example.org/a",
		"https://user@example.org/", "https://user:pass@example.org/", "https://@example.org/", "https://example.org@evil.example:x/", "https://example.org/a b", "https://exa mple.org/", " https://example.org/", "https://example.org/ ",
		"https://example.org/a\n", "https://example.org/\r\nX: y", "https://example.org/\ta", `https://example.org\a`, `https:\\example.org\a`, `https://example.org\@evil.example/`, "https://example.org/\"onclick=", "https://example.org/<b>",
		"https://example.org/%zz", "https://[::1/", "https://example.org:port/", "https://example.org/a\u00a0b", "https://example.org/a\u3000b", "https://example.org/a\u2028b", "https://example.org/\u202egpj.exe", "https://exam\u200bple.org/",
	} {
		cases = append(cases, badCase{name: "address " + strconv.QuoteToASCII(address), body: but("evidence.0.url", quoted(address)), status: 422, field: "evidence.0.url"})
	}
	return cases
}

// badRefs point to what there is not, or to what belongs to another initiative.
func (b *badScene) badRefs() []badCase {
	parts := "/api/v1/initiatives/" + badParts + "/updates"
	own := []string{"If-Match", b.tag(badParts)}
	cases := []badCase{
		{name: "not applicable part", to: parts, header: own, body: but("country", `"US"`), status: 422, field: "country"},
		{name: "country without a part", to: parts, header: own, body: but("country", `"IN"`), status: 422, field: "country"},
		{name: "search note of another initiative", to: parts, header: own, body: but("search_note", `{"ref":"note-cyber-challenge-2026-11-23"}`), status: 422, field: "search_note.ref"},
		{name: "update of another initiative, on one without any", to: parts, header: own, body: but("replaces", fmt.Sprint(b.standing)), status: 422, field: "replaces"},
		{name: "update of the whole in place of a part", body: but("country", `"JP"`, "replaces", fmt.Sprint(b.standing)), status: 422, field: "replaces"},
		{name: "no such initiative", to: "/api/v1/initiatives/NO-SUCH/updates", body: but(), status: 404},
		{name: "initiative in small letters", to: "/api/v1/initiatives/" + strings.ToLower(badTarget) + "/updates", body: but(), status: 404},
		{name: "initiative with NUL", to: "/api/v1/initiatives/a%00b/updates", body: but(), status: 404},
		{name: "initiative of stray bytes", to: "/api/v1/initiatives/a%ffb/updates", body: but(), status: 404},
		{name: "very long initiative", to: "/api/v1/initiatives/" + strings.Repeat("A", 2000) + "/updates", body: but(), status: 404},
	}
	for field, values := range map[string][]string{
		"country":  {`"FR"`, `"XX"`, `"JPN"`, `"jp"`, `" JP"`, `" "`, `"日本"`, `"JP,US"`, `"' OR 1=1 --"`},
		"meeting":  {`"no-such"`, `"QSCG-2023-12"`, `" "`, `"qscg-2023-12 "`, `"%"`, `"'"`, `"wh-2023-12-15"`},
		"replaces": {"-1", "-9223372036854775808", "999999", "9007199254740993", fmt.Sprint(b.elsewhere), fmt.Sprint(b.corrected)},
	} {
		for _, v := range values {
			cases = append(cases, badCase{name: field + " refers to " + v, body: but(field, v), status: 422, field: field})
		}
	}
	for _, ref := range []string{"no-such", " ", "note-cloud-services-2026-11-23", "NOTE-CYBER-CHALLENGE-2026-11-23", "wh-2023-12-15", "%"} {
		cases = append(cases, badCase{name: "search note " + ref, body: but("search_note", `{"ref":`+quoted(ref)+`}`), status: 422, field: "search_note.ref"})
	}
	return append(cases, badCase{name: "search note by ref and anew", body: but("search_note.ref", `"note-cyber-challenge-2026-11-23"`), status: 422, field: "search_note.ref"})
}

func (b *badScene) badEvidence() []badCase {
	row := func(ref string) string { return `{"ref":` + quoted(ref) + `,"grade":"E2","stance":"supports"}` }
	anew := func(url string) string {
		return `{"url":` + quoted(url) + `,"title":"A","publisher":"P","grade":"E2","stance":"supports"}`
	}
	cases := []badCase{
		{name: "the same ref twice", body: but("evidence", "["+row("wh-2023-12-15")+","+row("wh-2023-12-15")+"]"), status: 422, field: "evidence.1"},
		{name: "the same address twice", body: but("evidence", "["+anew("https://example.org/x")+","+anew("https://example.org/x")+"]"), status: 422, field: "evidence.1"},
		{name: "the same third", body: but("evidence", "["+row("wh-2023-12-15")+","+anew("https://example.org/x")+","+row("wh-2023-12-15")+"]"), status: 422, field: "evidence.2"},
		{name: "by ref and again by its address", body: but("evidence", "["+row(b.cited.Ref)+","+anew(b.cited.URL)+"]"), status: 422, field: "evidence.1"},
		{name: "by its address and again by ref", body: but("evidence", "["+anew(b.cited.URL)+","+row(b.cited.Ref)+"]"), status: 422, field: "evidence.1"},
		{name: "evidence that was struck out", body: but("evidence", "["+row(badStruck)+"]"), status: 422, field: "evidence.0.ref"},
		{name: "unknown in the second row", body: but("evidence", "["+row("wh-2023-12-15")+","+row("no-such")+"]"), status: 422, field: "evidence.1.ref"},
	}
	for _, ref := range []string{"no-such", " ", "WH-2023-12-15", "note-cyber-challenge-2026-11-23", "'"} {
		cases = append(cases, badCase{name: "evidence " + ref, body: but("evidence", "["+row(ref)+"]"), status: 422, field: "evidence.0.ref"})
	}
	for field, v := range map[string]string{"url": `"https://example.org/a"`, "title": `"A"`, "publisher": `"P"`, "kind": `"media"`, "lang": `"en"`, "published_on": `"2026-10"`} {
		body := but("evidence", `[{"ref":"wh-2023-12-15","grade":"E2","stance":"supports",`+quoted(field)+`:`+v+`}]`)
		cases = append(cases, badCase{name: "ref together with " + field, body: body, status: 422, field: "evidence.0.ref"})
	}
	return cases
}

func (b *badScene) badHeaders() []badCase {
	var cases []badCase
	for _, media := range []string{"", "text/plain", "text/json", "application/xml", "multipart/form-data; boundary=x", "application/problem+json", "application/merge-patch+json", "application/jsonp",
		"json", "application/json; charset", "application/*", "*/*", "application/json, text/plain", "application/x-ndjson"} {
		cases = append(cases, badCase{name: "Content-Type " + media, body: but(), status: 415, header: []string{"Content-Type", media}})
	}
	return append(cases,
		badCase{name: "a form where nothing was filled in", body: "note.en=", status: 422, field: "status", header: []string{"Content-Type", "application/x-www-form-urlencoded"}},
		badCase{name: "JSON under the name of a form", body: but(), status: 400, field: but()[:40] + "…", header: []string{"Content-Type", "application/x-www-form-urlencoded"}},
		badCase{name: "from a foreign page", body: but(), status: 403, header: []string{"Sec-Fetch-Site", "cross-site"}},
		badCase{name: "from a foreign origin", body: but(), status: 403, header: []string{"Origin", "https://evil.example"}},
		badCase{name: "key of another body", body: but("note.en", `"Other."`), status: 422, header: []string{"Idempotency-Key", "used"}},
		badCase{name: "key of another route", to: fmt.Sprintf("/api/v1/updates/%d/undo", b.standing), body: "{}", status: 422, header: []string{"Idempotency-Key", "used"}},
		badCase{name: "key of the same change spelt otherwise", body: but() + " ", status: 422, header: []string{"Idempotency-Key", "used"}},
		badCase{name: "bad change under a new key", body: but("status", `"done"`), status: 422, field: "status", header: []string{"Idempotency-Key", "new"}},
		badCase{name: "unknown parameter", to: assessing + "?foo=1", body: but(), status: 400, field: "foo"},
		badCase{name: "a time in the query", to: assessing + "?as_of=2023-12-06", body: but(), status: 400, field: "as_of"},
		badCase{name: "fields in the query", to: assessing + "?status=delivered", body: but(), status: 400, field: "status"},
		badCase{name: "101 parameters", to: assessing + "?" + strings.Repeat("a=1&", 101), body: but(), status: 400, field: "query"},
		badCase{name: "a query that cannot be read", to: assessing + "?a=%zz", body: but(), status: 400, field: "query"},
		badCase{name: "as CSV", to: assessing + ".csv", body: but(), status: 406},
		badCase{name: "no such route", to: "/api/v1/initiatives/" + badTarget + "/judgements", body: but(), status: 404},
		badCase{name: "a route to read", to: "/api/v1/initiatives/" + badTarget, body: but(), status: 405})
}

func (b *badScene) badTokens() []badCase {
	good := b.token(b.analyst, models.ScopeWrite)
	revoked := b.token(b.analyst, models.ScopeWrite)
	tokens, err := b.store.Tokens(context.Background(), b.analyst.Actor(), false)
	if err != nil || b.store.RevokeToken(context.Background(), b.analyst.Actor(), tokens[0].ID) != nil {
		b.t.Fatalf("the token is not revoked: %v", err)
	}
	b.member(models.Administrator) // without one no account can be shut
	shut := b.member(models.Analyst)
	of := b.token(shut, models.ScopeWrite)
	if err := b.store.SetRole(context.Background(), models.Program, shut.ID, models.Analyst, true); err != nil {
		b.t.Fatal(err)
	}
	swapped := []byte(good)
	swapped[10], swapped[11] = swapped[11], swapped[10]+1
	cases := []badCase{
		{name: "token in the query", to: assessing + "?token=" + good, body: but(), status: 401, header: []string{"Authorization", ""}},
		{name: "access_token in the query", to: assessing + "?access_token=" + good, body: but(), status: 401, header: []string{"Authorization", ""}},
		{name: "token in the body", body: but("token", quoted(good)), status: 401, header: []string{"Authorization", ""}},
		{name: "token in a cookie", body: but(), status: 401, header: []string{"Authorization", "", "Cookie", "token=" + good}},
		{name: "token as a session", body: but(), status: 401, header: []string{"Authorization", "", "Cookie", "__Host-session=" + good}},
		{name: "token in another header", body: but(), status: 401, header: []string{"Authorization", "", "X-Api-Key", good}},
	}
	for name, value := range map[string]string{
		"no": "", "revoked": "Bearer " + revoked, "of a shut account": "Bearer " + of, "swapped": "Bearer " + string(swapped), "cut": "Bearer " + good[:len(good)-1], "with a tail": "Bearer " + good + "0",
		"bare": good, "Basic": "Basic " + good, "nameless": "Bearer ", "two spaces": "Bearer  " + good, "two": "Bearer " + good + ", Bearer " + good, "small letters": "Bearer " + strings.ToLower(good), "with NUL": "Bearer " + good + "\x00", "huge": "Bearer " + strings.Repeat("a", 20_000),
	} {
		cases = append(cases, badCase{name: name + " token", body: but(), status: 401, header: []string{"Authorization", value}})
	}
	for _, role := range []models.Role{models.Reader, models.Auditor} {
		cases = append(cases, badCase{name: "token of a " + string(role), body: but(), status: 403, header: []string{"Authorization", "Bearer " + b.token(b.member(role), models.ScopeWrite)}})
	}
	for _, role := range []models.Role{models.Reader, models.Analyst, models.Administrator} {
		cases = append(cases, badCase{name: "read-only token of a " + string(role), body: but(), status: 403, header: []string{"Authorization", "Bearer " + b.token(b.member(role), models.ScopeRead)}})
	}
	return cases
}

func (b *badScene) badVersions() []badCase {
	now := b.tag(badTarget)
	begin := now[:strings.LastIndexByte(now, '.')+1]
	cases := []badCase{
		{name: "no If-Match", body: but(), status: http.StatusPreconditionRequired, header: []string{"If-Match", ""}},
		{name: "blank If-Match", body: but(), status: http.StatusPreconditionRequired, header: []string{"If-Match", " "}},
		{name: "version in the body", body: but("version", "3"), status: 400, field: "version", header: []string{"If-Match", ""}},
		{name: "invalid and stale", body: but("status", `"done"`), status: 412, header: []string{"If-Match", begin + `1"`}},
	}
	for name, tag := range map[string]string{
		"the first version": begin + `1"`, "the version before": begin + `2"`, "a version to come": begin + `4"`, "no version": begin + `0"`, "a negative version": begin + `-1"`, "a huge version": begin + `99999999999999999999"`,
		"of another record": b.tag("QSCG-AI-ML"), "of a list": b.do("GET", "/api/v1/initiatives").Header.Get("ETag"), "a star": "*", "a word": "latest", "quotes alone": `""`, "a number with letters": `"3x"`,
		"a version and a half": begin + `3.5"`, "hexadecimal": begin + `0x3"`, "full-width": begin + `３"`,
	} {
		cases = append(cases, badCase{name: "If-Match " + name, body: but(), status: 412, header: []string{"If-Match", tag}})
	}
	return cases
}

func (b *badScene) badUndos() []badCase {
	undo := func(id any) string { return fmt.Sprintf("/api/v1/updates/%v/undo", id) }
	cases := []badCase{
		{name: "undo what was corrected", to: undo(b.corrected), body: "{}", status: 409},
		{name: "undo what was imported", to: undo(b.elsewhere), body: "{}", status: 409},
		{name: "undo without a body", to: undo(b.standing), body: "", status: 400, field: "body"},
		{name: "undo null", to: undo(b.standing), body: "null", status: 400, field: "body"},
		{name: "undo with a field", to: undo(b.standing), body: `{"reason":"x"}`, status: 400, field: "reason"},
		{name: "undo a list", to: undo(b.standing), body: "[]", status: 400, field: "body"},
		{name: "undo without a media type", to: undo(b.standing), body: "{}", status: 415, header: []string{"Content-Type", ""}},
		{name: "undo without a token", to: undo(b.standing), body: "{}", status: 401, header: []string{"Authorization", ""}},
		{name: "undo with a parameter", to: undo(b.standing) + "?force=1", body: "{}", status: 400, field: "force"},
	}
	for _, id := range []any{0, -1, 999999, "x", "1e3", "1.0", "99999999999999999999", "%00", "%ff", "%EF%BC%91"} {
		cases = append(cases, badCase{name: fmt.Sprintf("undo %v", id), to: undo(id), body: "{}", status: 404})
	}
	return cases
}

func (b *badScene) badRetractions() []badCase {
	to := "/api/v1/evidence/wh-2023-12-15/retract"
	long := quoted(strings.Repeat("字", models.MaxNote+1))
	cases := []badCase{
		{name: "strike out again", to: "/api/v1/evidence/" + badStruck + "/retract", body: `{"reason":{"en":"Again."}}`, status: 409},
		{name: "strike out what is unknown", to: "/api/v1/evidence/no-such/retract", body: `{"reason":{"en":"x"}}`, status: 404},
		{name: "strike out NUL", to: "/api/v1/evidence/%00/retract", body: `{"reason":{"en":"x"}}`, status: 404},
		{name: "strike out without a token", to: to, body: `{"reason":{"en":"x"}}`, status: 401, header: []string{"Authorization", ""}},
		{name: "strike out as text", to: to, body: `{"reason":{"en":"x"}}`, status: 415, header: []string{"Content-Type", "text/plain"}},
		{name: "strike out too large", to: to, body: `{"reason":{"en":"` + strings.Repeat("a", 256<<10) + `"}}`, status: 413},
	}
	for body, want := range map[string]struct {
		status int
		field  string
	}{
		"": {400, "body"}, "null": {400, "body"}, "[]": {400, "body"}, `{"reason":"x"}`: {400, "reason"}, `{"reason":[]}`: {400, "reason"}, `{"reason":{"en":7}}`: {400, "reason.en"},
		`{"reason":{"fr":"x"}}`: {400, "reason.fr"}, `{"Reason":{"en":"x"}}`: {400, "Reason"}, `{"reason":{"en":"x"},"ref":"y"}`: {400, "ref"}, `{"reason":{"en":"a","en":"b"}}`: {400, "reason.en"},
		`{"reason":{"en":"\u0000"}}`: {400, "reason.en"}, `{"reason":{"ja":"\ud800"}}`: {400, "reason.ja"},
		"{}": {422, "reason.en"}, `{"reason":null}`: {422, "reason.en"}, `{"reason":{}}`: {422, "reason.en"}, `{"reason":{"en":"","ja":""}}`: {422, "reason.en"}, `{"reason":{"en":"  ","ja":"　"}}`: {422, "reason.en"},
	} {
		cases = append(cases, badCase{name: "strike out for " + body, to: to, body: body, status: want.status, field: want.field})
	}
	return append(cases,
		badCase{name: "strike out at length", to: to, body: `{"reason":{"en":` + long + `}}`, status: 422, field: "reason.en"},
		badCase{name: "strike out at length in Japanese", to: to, body: `{"reason":{"ja":` + long + `}}`, status: 422, field: "reason.ja"},
		badCase{name: "strike out at length in both", to: to, body: `{"reason":{"en":` + long + `,"ja":` + long + `}}`, status: 422, field: "reason.ja"})
}
