package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// formOn reads the form of a page that is sent to an address, as a browser would send it.
func formOn(t testing.TB, page, action string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Form && attr(n, "action") == action {
			_, fields, _ := strings.Cut(submission(n), "?")
			q, err := url.ParseQuery(fields)
			if err != nil {
				t.Fatal(err)
			}
			return q
		}
	}
	t.Fatalf("no form that is sent to %s in %.600s", action, page)
	return nil
}

// typedIn is the last value of a field, with the line ends of a program.
func typedIn(form url.Values, name string) string {
	return strings.ReplaceAll(strings.Join(form[name][max(0, len(form[name])-1):], ""), "\r\n", "\n")
}

// sends posts the form that was read, with some fields changed.
func (v *visitor) sends(action string, form url.Values, changed ...string) *http.Response {
	v.t.Helper()
	q := url.Values{}
	for name, values := range form {
		q[name] = slices.Clone(values)
	}
	for i := 0; i+1 < len(changed); i += 2 {
		q.Set(changed[i], changed[i+1])
	}
	return v.send("POST", action, q.Encode(), "Content-Type", formType, "Accept", "text/html")
}

// editors is a house with the Quad record and analysts who are signed in.
func editors(t *testing.T, names ...string) (house, []*visitor) {
	t.Helper()
	h := quietHouse(t)
	storetest.Seed(t, h.store)
	var all []*visitor
	for _, name := range names {
		person(t, h.store, name, models.Analyst)
		all = append(all, h.signedIn(name))
	}
	return h, all
}

// TestRecordIsKeptByFormsAlone adds, mistakes, mends, removes and restores a record of each kind as a browser without
// scripts does.
func TestRecordIsKeptByFormsAlone(t *testing.T) {
	t.Parallel()
	_, all := editors(t, "rao")
	v := all[0]
	for _, c := range []struct {
		list, ref, wrong string // wrong is a field that must be there
		fields           []string
	}{
		{"/topics", "space", "name.en", []string{"slug", "space", "name.en", "Space", "position", "12", "parent", "supply-chain"}},
		{"/forums", "space-forum", "name.en", []string{"slug", "space-forum", "name.en", "Forum on space", "members", "JP", "position", "12"}},
		{"/countries", "NZ", "iso3", []string{"iso2", "NZ", "iso3", "NZL", "name.en", "New Zealand", "position", "12"}},
		{"/delegates", "jane-roe", "name.en", []string{"slug", "jane-roe", "name.en", "Jane Roe", "country", "JP", "variants", "J. Roe\r\nRoe, Jane", "offices.0.title.en", "Coordinator", "offices.0.from", "2025-01"}},
		{"/meetings", "space-2026", "starts_on", []string{"ref", "space-2026", "forum", "qscg", "format", "in_person", "city.en", "Canberra", "country", "AU", "starts_on", "2026-12-01", "ends_on", "2026-12-02"}},
		{"/initiatives", "QSCG-SPACE", "begins_on", []string{"ref", "QSCG-SPACE", "title.en", "Space", "topic", "supply-chain", "kind", "initiative", "begins_on", "2026-01-05", "trackable", "on", "parts.2.role", "lead", "due_on", "2027-Q2"}},
	} {
		form := formOn(t, v.want(200, v.page("/en"+c.list+"/new")), "/en"+c.list)
		back := v.want(422, v.sends("/en"+c.list, form, append(slices.Clone(c.fields), c.wrong, "")...))
		if !strings.Contains(back, "<title>Error: ") || !strings.Contains(back, `href="#field-`+c.wrong+`"`) {
			t.Errorf("%s without %s: the page does not say so: %.300s", c.list, c.wrong, back)
		}
		form = formOn(t, back, "/en"+c.list)
		for i := 0; i+1 < len(c.fields); i += 2 {
			if kept := typedIn(form, c.fields[i]); c.fields[i] != c.wrong && kept != strings.ReplaceAll(c.fields[i+1], "\r\n", "\n") {
				t.Errorf("%s came back with %q in %s; typed was %q", c.list, kept, c.fields[i], c.fields[i+1])
			}
		}
		made := v.sends("/en"+c.list, form, c.fields...)
		at := "/en" + c.list + "/" + c.ref
		if made.StatusCode != http.StatusSeeOther || made.Header.Get("Location") != at {
			t.Fatalf("%s: %d to %s: %.600s", c.list, made.StatusCode, made.Header.Get("Location"), read(t, made))
		}
		if again := v.sends("/en"+c.list, form, c.fields...); again.StatusCode != http.StatusSeeOther { // the same form twice
			t.Errorf("%s: the same form sent again: %d", c.list, again.StatusCode)
		}
		v.want(200, v.page(at))
		form = formOn(t, v.want(200, v.page(at+"/edit")), at)
		for i := 0; i+1 < len(c.fields); i += 2 {
			if kept := typedIn(form, c.fields[i]); kept != strings.ReplaceAll(c.fields[i+1], "\r\n", "\n") {
				t.Errorf("%s: %s is %q; typed was %q", at, c.fields[i], kept, c.fields[i+1])
			}
		}
		if same := v.sends(at, form); same.StatusCode != http.StatusSeeOther {
			t.Errorf("%s saved as it is: %d %.600s", at, same.StatusCode, read(t, same))
		}
		remove := formOn(t, v.want(200, v.page(at+"/edit")), at+"/remove")
		if back := v.want(422, v.sends(at+"/remove", remove)); !strings.Contains(back, `href="#field-reason.en"`) {
			t.Errorf("%s removed without a reason: %.300s", at, back)
		}
		if gone := v.sends(at+"/remove", remove, "reason.en", "Only a test."); gone.StatusCode != http.StatusSeeOther || gone.Header.Get("Location") != "/en/removed" {
			t.Fatalf("%s removed: %d %.600s", at, gone.StatusCode, read(t, gone))
		}
		if said := v.want(410, v.page(at)); !strings.Contains(said, "Only a test.") {
			t.Errorf("%s does not say why it is gone", at)
		}
		list := v.want(200, v.page("/en/removed"))
		v.want(303, v.sends(at+"/restore", formOn(t, list, at+"/restore")))
		v.want(200, v.page(at))
	}
}

// TestLaterEditorSeesBothVersions lets two people edit a delegate at once: one renames and adds an office, the other
// corrects the office that was there.
func TestLaterEditorSeesBothVersions(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao", "sato")
	first, second := all[0], all[1]
	const at = "/en/delegates/keiichi-ichikawa"
	mine, theirs := formOn(t, first.want(200, first.page(at+"/edit")), at), formOn(t, second.want(200, second.page(at+"/edit")), at)
	first.want(303, first.sends(at, mine, "name.en", "Ichikawa Keiichi", "offices.1.title.en", "Adviser", "offices.1.from", "2026-01"))
	page := second.want(412, second.sends(at, theirs, "name.en", "Keiichi ICHIKAWA", "offices.0.title.en", "National Cyber Adviser", "variants", "K. Ichikawa"))
	for _, said := range []string{"Ichikawa Keiichi", "Keiichi ICHIKAWA", "National Cyber Adviser", "K. Ichikawa"} {
		if !strings.Contains(page, said) {
			t.Errorf("the page of both versions lost %q", said)
		}
	}
	both := formOn(t, page, at)
	if both.Has("name.en") {
		t.Errorf("a side of the name is chosen beforehand: %q", both.Get("name.en"))
	}
	if got := both.Get("offices.0.title.en") + both.Get("offices.1.title.en"); !strings.Contains(got, "National Cyber Adviser") {
		t.Errorf("what only one of the two changed is not chosen: %q", got)
	}
	both = formOn(t, second.want(422, second.sends(at, both)), at) // the name is not chosen yet
	second.want(303, second.sends(at, both, "name.en", "Keiichi ICHIKAWA"))
	e, _, err := h.store.Editable(t.Context(), models.Program, "delegate", "keiichi-ichikawa")
	if err != nil {
		t.Fatal(err)
	}
	d := e.(*models.DelegateEdit)
	if d.Name.EN != "Keiichi ICHIKAWA" || len(d.Offices) != 2 || d.Offices[0].Title.EN+d.Offices[1].Title.EN != "National Cyber Adviser"+"Adviser" && d.Offices[0].Title.EN+d.Offices[1].Title.EN != "Adviser"+"National Cyber Adviser" || !slices.Equal(d.Variants, []string{"K. Ichikawa"}) {
		t.Errorf("after both: %+v", d)
	}
}

// TestRemovedRecordIsNowhere asks every public route in every format for a removed initiative and a removed delegate.
func TestRemovedRecordIsNowhere(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	for kind, ref := range map[string]string{"initiative": "QSCG-CYBER-CHALLENGE", "delegate": "keiichi-ichikawa"} {
		if err := s.Remove(t.Context(), models.Program, kind, ref, 1, models.Text{EN: "For the test."}, nil); err != nil {
			t.Fatal(err)
		}
	}
	w, answers := newSite(t, s), 0
	shown := regexp.MustCompile(`QSCG-CYBER-CHALLENGE|keiichi-ichikawa`)
	for _, r := range publicRoutes() {
		path := sample(r)
		for _, f := range r.Formats {
			for _, query := range []string{"", "as_of=2024-06-30", "known_at=2026-11-23"} {
				if query != "" && !takes(r, query[:strings.IndexByte(query, '=')+1]) {
					continue
				}
				address := "/en" + path + "?" + query
				if f != represent.HTML {
					address = path + "." + f.Name + "?" + query
				}
				if slices.Contains([]string{"initiatives", "evidence", "activity", "commitments", "delegates", "search-notes"}, r.Name) {
					address += "&limit=200"
				}
				if r.Name == "search" {
					address += "&q=challenge"
				}
				answer := w.do("GET", strings.Replace(address, "?&", "?", 1))
				body := read(t, answer)
				answers++
				if answer.StatusCode == http.StatusGone || answer.StatusCode == http.StatusFound || r.Name == "openapi" || r.Name == "api" {
					continue // says itself what it was; an example
				}
				if at := shown.FindStringIndex(body); at != nil && !strings.Contains(path, body[at[0]:at[1]]) {
					t.Errorf("%s shows …%s…", address, body[max(0, at[0]-80):min(len(body), at[1]+40)])
				}
			}
		}
	}
	if answers < 150 {
		t.Errorf("only %d answers", answers)
	}
}

// TestFormerNamesAreRedirected follows addresses and filters with a name that a topic no longer has.
func TestFormerNamesAreRedirected(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	e, version, err := s.Editable(t.Context(), models.Program, "topic", "supply-chain")
	if err != nil {
		t.Fatal(err)
	}
	e.(*models.TopicEdit).Slug = "chains"
	if err := s.Edit(t.Context(), models.Program, "topic", "supply-chain", version, e, nil); err != nil {
		t.Fatal(err)
	}
	w := newSite(t, s)
	for from, to := range map[string]string{
		"/en/topics/supply-chain":                            "/en/topics/chains",
		"/ja/topics/supply-chain?as_of=2024-01-01":           "/ja/topics/chains?as_of=2024-01-01",
		"/topics/supply-chain.json?vs=none":                  "/topics/chains.json?vs=none",
		"/api/v1/topics/supply-chain":                        "/api/v1/topics/chains",
		"/topics/supply-chain.csv":                           "/topics/chains.csv",
		"/en/initiatives?topic=supply-chain":                 "/en/initiatives?topic=chains",
		"/initiatives.csv?status=stalled&topic=supply-chain": "/initiatives.csv?status=stalled&topic=chains",
		"/en/matrix?topic=ai&topic=supply-chain":             "/en/matrix?topic=ai&topic=chains",
		"/api/v1/initiatives?topic=supply-chain&limit=1":     "/api/v1/initiatives?limit=1&topic=chains",
	} {
		answer := w.do("GET", from)
		if got := answer.Header.Get("Location"); answer.StatusCode != http.StatusMovedPermanently || got != to {
			t.Errorf("%s: %d to %q; want 301 to %s", from, answer.StatusCode, got, to)
			continue
		}
		if there := w.do("GET", to); there.StatusCode != http.StatusOK && !strings.Contains(to, "topic=ai") {
			t.Errorf("%s: %d", to, there.StatusCode)
		}
	}
}

// TestEditsAsData sends changes as programs do.
func TestEditsAsData(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	storetest.Seed(t, h.store)
	rao := person(t, h.store, "rao", models.Analyst)
	v := h.visitor("program")
	v.token = token(t, h.store, rao, models.ScopeWrite)
	const at = "/api/v1/initiatives/QSCG-CYBER-CHALLENGE"
	send := func(path, body, tag string, more ...string) *http.Response {
		header := append([]string{"Content-Type", "application/json"}, more...)
		if tag != "" {
			header = append(header, "If-Match", tag)
		}
		return v.send("POST", path, body, header...)
	}
	tag := v.send("GET", at+"/edit", "").Header.Get("ETag")
	entries := auditLength(t, h.store)
	for _, c := range []struct {
		body, tag string
		status    int
		field     string
	}{
		{`{"due_on":"2027"}`, "", 428, ""},
		{`{"due_on":"2027"}`, `"1-x.99"`, 412, ""},
		{`{"due_on":"2027-13"}`, tag, 422, "due_on"},
		{`{"due":"2027"}`, tag, 400, "due"},
		{`{"version":7}`, tag, 400, "version"},
		{`{"title":{"en":"","ja":""}}`, tag, 422, "title.en"},
		{`{"title":{"en":"A\u202eB"}}`, tag, 422, "title.en"},
		{`{"parts":[{"country":"JP","role":"leader"}]}`, tag, 422, "parts.0.role"},
		{`{"kind":"nothing"}`, tag, 422, "kind"},
		{`{"topic":"nowhere"}`, tag, 422, "topic"},
		{`{"sources":["nothing"]}`, tag, 422, "sources"},
		{`{"begins_on":"2023-12"}`, tag, 422, "begins_on"},
		{`{"trackable":"yes"}`, tag, 400, "trackable"},
		{`[]`, tag, 400, ""},
	} {
		answer := send(at, c.body, c.tag)
		var p struct {
			Errors []struct{ Field string } `json:"errors"`
		}
		body := read(t, answer)
		if err := json.Unmarshal([]byte(body), &p); err != nil || answer.StatusCode != c.status || c.field != "" && (len(p.Errors) == 0 || p.Errors[0].Field != c.field) {
			t.Errorf("%s: %d %s; want %d on %q", c.body, answer.StatusCode, body, c.status, c.field)
		}
	}
	if now := auditLength(t, h.store); now != entries {
		t.Fatalf("refused changes left %d entries", now-entries)
	}
	var made struct {
		Item    models.InitiativeEdit `json:"item"`
		Version int64                 `json:"version"`
	}
	const change = `{"title":{"ja":"挑戦"},"due_on":"2027-Q2","parts":[{"country":"AU","role":"contributor"},{"country":"IN","role":"contributor"},{"country":"JP","role":"lead"},{"country":"US","role":"contributor"}]}`
	for range 2 { // the second time is a retry
		if err := json.Unmarshal([]byte(v.want(200, send(at, change, tag, "Idempotency-Key", "k"))), &made); err != nil {
			t.Fatal(err)
		}
		if made.Item.Title != (models.Text{EN: "Quad Cyber Challenge", JA: "挑戦"}) || made.Item.DueOn.String() != "2027-Q2" || made.Item.Parts[2].Role != "lead" || made.Item.Summary.EN == "" || made.Version != 2 {
			t.Errorf("%+v, version %d; what is left out stays", made.Item, made.Version)
		}
	}
	if now := auditLength(t, h.store); now != entries+1 {
		t.Errorf("a change and its retry left %d entries", now-entries)
	}
	v.want(412, send(at, `{"due_on":"2028"}`, tag))
	for _, c := range []struct {
		role  models.Role
		scope models.Scope
	}{{models.Reader, models.ScopeWrite}, {models.Auditor, models.ScopeWrite}, {models.Analyst, models.ScopeRead}} {
		other := h.visitor("other")
		other.token = token(t, h.store, person(t, h.store, string(c.role)+"-"+string(c.scope), c.role), c.scope)
		other.want(403, other.send("POST", at, `{"due_on":"2028"}`, "Content-Type", "application/json", "If-Match", `"2"`))
	}
	v.want(200, send(at, `{"due_on":null}`, `"2"`)) // null is absent, and nothing differs
	v.want(200, send(at, `{"due_on":""}`, `"2"`))
	if err := json.Unmarshal([]byte(v.want(200, v.send("GET", at+"/edit", ""))), &made); err != nil || !made.Item.DueOn.IsZero() || made.Version != 3 {
		t.Errorf("an empty date: %+v, version %d, %v", made.Item.DueOn, made.Version, err)
	}
}

// TestNumbersOfRowsMakeNoPageLarge sends rows with numbers that no form has.
func TestNumbersOfRowsMakeNoPageLarge(t *testing.T) {
	t.Parallel()
	_, all := editors(t, "rao")
	for at, row := range map[string]string{
		"/en/delegates/keiichi-ichikawa": "offices.999999999.title.en", "/en/meetings/qscg-2023-12": "attendances.50.office",
		"/ja/delegates/keiichi-ichikawa": "notes.7000000.en", "/en/initiatives/QSCG-AI-ML": "parts.88888.role",
	} {
		form := formOn(t, all[0].want(200, all[0].page(at+"/edit")), at)
		body := all[0].want(400, all[0].sends(at, form, row, "x"))
		if len(body) > 400<<10 {
			t.Errorf("%s with %s: %d KiB", at, row, len(body)>>10)
		}
	}
}

// TestLongestListIsSavedByForm saves a delegate with as many offices as a change takes, as it is.
func TestLongestListIsSavedByForm(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	e := &models.DelegateEdit{Slug: "long", Name: models.Text{EN: "Long"}, Country: "JP"}
	for range 50 {
		e.Offices = append(e.Offices, models.OfficeEdit{Title: models.Text{EN: "Office"}})
	}
	if err := h.store.Create(t.Context(), models.Program, "delegate", e, nil); err != nil {
		t.Fatal(err)
	}
	const at = "/en/delegates/long"
	form := formOn(t, all[0].want(200, all[0].page(at+"/edit")), at)
	all[0].want(303, all[0].sends(at, form, "name.en", "Longer"))
}

// TestEditsSentAgain repeats a renaming, and the making of a record that was removed since.
func TestEditsSentAgain(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	storetest.Seed(t, h.store)
	v := h.visitor("program")
	v.token = token(t, h.store, person(t, h.store, "rao", models.Analyst), models.ScopeWrite)
	send := func(path, body, key, tag string) *http.Response {
		return v.send("POST", path, body, "Content-Type", "application/json", "Idempotency-Key", key, "If-Match", tag)
	}
	for range 2 {
		if body := v.want(200, send("/api/v1/topics/supply-chain", `{"slug":"chains"}`, "rename", `"1"`)); !strings.Contains(body, `"slug":"chains"`) {
			t.Errorf("renamed: %s", body)
		}
	}
	v.want(404, send("/api/v1/topics/supply-chain", `{"slug":"other"}`, "late", `"2"`))
	v.want(201, send("/api/v1/topics", `{"slug":"space","name":{"en":"Space"}}`, "make", ""))
	v.want(200, send("/api/v1/topics/space/remove", `{"reason":{"en":"No."}}`, "remove", `"1"`))
	again := send("/api/v1/topics", `{"slug":"space","name":{"en":"Space"}}`, "make", "")
	if body := v.want(410, again); again.Header.Get("Content-Type") != represent.Problem || !strings.Contains(body, "problem:gone") {
		t.Errorf("making what was removed since: %s %s", again.Header.Get("Content-Type"), body)
	}
	v.want(200, v.send("POST", "/api/v1/topics/space/restore", "")) // takes nothing
}

// TestOnlyTheNameOfTheRecordIsRedirected renames a topic that is called like other parts of its address.
func TestOnlyTheNameOfTheRecordIsRedirected(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	w := newSite(t, s)
	for _, name := range []string{"topics", "en", "api", "v1", "json"} {
		if err := s.Create(t.Context(), models.Program, "topic", &models.TopicEdit{Slug: name, Name: models.Text{EN: name}}, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Edit(t.Context(), models.Program, "topic", name, 1, &models.TopicEdit{Slug: name + "-2", Name: models.Text{EN: name}, Position: 1}, nil); err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{"/en/topics/%", "/topics/%.json", "/api/v1/topics/%", "/topics/%.csv"} {
			from, to := strings.Replace(address, "%", name, 1), strings.Replace(address, "%", name+"-2", 1)
			if answer := w.do("GET", from); answer.StatusCode != http.StatusMovedPermanently || answer.Header.Get("Location") != to {
				t.Errorf("%s: %d to %q; want %s", from, answer.StatusCode, answer.Header.Get("Location"), to)
			}
		}
	}
}
