package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/followthrough/followthrough/models"
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
