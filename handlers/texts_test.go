package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	tokyoText  = "/api/v1/statements/qscg-2023-12"
	tokyoFirst = "QSCG-2023-12-P04-1"
)

// texts is a house with the Quad record and a program that may edit.
func texts(t *testing.T) (house, *visitor, func(path, body, tag string, more ...string) *http.Response) {
	t.Helper()
	h := quietHouse(t)
	v := h.visitor("program")
	v.token = token(t, h.store, person(t, h.store, "rao", models.Analyst), models.ScopeWrite)
	return h, v, func(path, body, tag string, more ...string) *http.Response {
		header := append([]string{"Content-Type", "application/json"}, more...)
		if tag != "" {
			header = append(header, "If-Match", tag)
		}
		return v.send("POST", path, body, header...)
	}
}

func readStatement(t *testing.T, v *visitor, address string) models.StatementRecord {
	t.Helper()
	var r models.Record[models.StatementRecord]
	if err := json.Unmarshal([]byte(v.want(200, v.send("GET", address, ""))), &r); err != nil {
		t.Fatal(err)
	}
	return r.Item
}

func TestTextIsCorrectedAsData(t *testing.T) {
	t.Parallel()
	h, v, send := texts(t)
	before := readStatement(t, v, tokyoText)
	var was string
	for _, p := range before.Paragraphs {
		if p.Ref == "p4" {
			was = p.Texts[models.English]
		}
	}
	body := func(text, reason string) string {
		b, err := json.Marshal(models.Correction{Lang: models.English, Text: text, Reason: models.Text{EN: reason}})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	const at = tokyoText + "/paragraphs/p4"
	entries := auditLength(t, h.store)
	for name, c := range map[string]struct {
		to, body, tag string
		status        int
		says          string
	}{
		"without_a_version":   {at, body("x", "y"), "", 428, ""},
		"of_an_old_version":   {at, body("x", "y"), `"9"`, 412, `"current":{"version":1`},
		"without_a_reason":    {at, body("x", ""), `"1"`, 422, `"reason.en"`},
		"without_a_text":      {at, body("", "y"), `"1"`, 422, `"text"`},
		"the_same_text":       {at, body(was, "y"), `"1"`, 422, `"text"`},
		"in_no_language":      {at, `{"lang":"xx","text":"x","reason":{"en":"y"}}`, `"1"`, 422, `"lang"`},
		"of_no_paragraph":     {tokyoText + "/paragraphs/p99", body("x", "y"), `"1"`, 404, ""},
		"of_no_statement":     {"/api/v1/statements/nowhere/paragraphs/p4", body("x", "y"), `"1"`, 404, ""},
		"with_a_control_code": {at, `{"lang":"en","text":"a\u0007b","reason":{"en":"y"}}`, `"1"`, 400, `"text"`},
		"with_a_field_more":   {at, `{"lang":"en","text":"a","edition":3,"reason":{"en":"y"}}`, `"1"`, 400, `"edition"`},
	} {
		if got := v.want(c.status, send(c.to, c.body, c.tag)); !strings.Contains(got, c.says) {
			t.Errorf("%s: %s; want %s", name, got, c.says)
		}
	}
	if now := auditLength(t, h.store); now != entries {
		t.Fatalf("refused corrections left %d entries", now-entries)
	}
	tag := v.send("GET", tokyoText, "").Header.Get("ETag")
	for range 2 { // the second time is a retry
		var st models.StatementRecord
		if err := json.Unmarshal([]byte(v.want(200, send(at, body("Before it. "+was+"\r\n\tEnd. ", "A slip."), tag, "Idempotency-Key", "k"))), &st); err != nil {
			t.Fatal(err)
		}
		if st.Edition != 2 || st.Version != 2 || len(st.Editions) != 1 || st.Editions[0].Reason.EN != "A slip." {
			t.Errorf("edition %d, version %d, %+v", st.Edition, st.Version, st.Editions)
		}
	}
	if now := auditLength(t, h.store); now != entries+1 {
		t.Errorf("a correction and its retry left %d entries", now-entries)
	}
	if text := v.want(200, v.send("GET", "/en/statements/qscg-2023-12.txt?text=en", "")); !strings.Contains(text, "\n\nBefore it. "+was+"\r\n\tEnd. \n\n") {
		t.Errorf("the plain text is not byte for byte what was sent")
	}
	for _, c := range readStatement(t, v, tokyoText).Commitments {
		if w := c.Words[models.English]; w.NeedsReanchoring || w.Exact == "" {
			t.Errorf("%s lost its words", c.Code)
		}
	}
}

// TestLaterCorrectorSeesBothWordings lets two people correct one paragraph at once.
func TestLaterCorrectorSeesBothWordings(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao", "sato")
	first, second := all[0], all[1]
	const at, page = "/en/statements/qscg-2023-12/paragraphs/p1", "/en/statements/qscg-2023-12/paragraphs/p1/correct"
	theirs, mine := formOn(t, first.want(200, first.page(page)), at), formOn(t, second.want(200, second.page(page)), at)
	first.want(303, first.sends(at, theirs, "text", "Their wording.", "reason.en", "Theirs."))
	both := second.want(412, second.sends(at, mine, "text", "My\r\nwording.", "reason.en", "Mine."))
	for _, said := range []string{"Their wording.", "My\nwording.", typedIn(mine, "form.before")[:20]} {
		if !strings.Contains(both, said) {
			t.Errorf("the page of both wordings lost %q", said)
		}
	}
	form := formOn(t, both, at)
	if form.Has("text") || form.Get("reason.en") != "Mine." {
		t.Errorf("a side is chosen beforehand, or the reason is lost: %v", form)
	}
	form = formOn(t, second.want(422, second.sends(at, form)), at) // nothing is chosen yet
	second.want(303, second.sends(at, form, "text", "My\nwording."))
	r, err := h.store.Statement(t.Context(), models.Public, models.When{}, "qscg-2023-12")
	if err != nil || r.Item.Edition != 3 || r.Item.Paragraphs[1].Texts[models.English] != "My\nwording." {
		t.Errorf("edition %d: %q, %v", r.Item.Edition, r.Item.Paragraphs[1].Texts[models.English], err)
	}
	form = formOn(t, first.want(412, first.sends(at, theirs, "form.key", "another", "text", "Again.", "reason.en", "Theirs.")), at)
	first.want(303, first.sends(at, form, "text", "My\nwording.")) // what stands is chosen
	if r, err = h.store.Statement(t.Context(), models.Public, models.When{}, "qscg-2023-12"); err != nil || r.Item.Edition != 3 {
		t.Errorf("choosing what stands made edition %d, %v", r.Item.Edition, err)
	}
}

func TestWordsAreMarkedAsData(t *testing.T) {
	t.Parallel()
	_, v, send := texts(t)
	const at = tokyoText + "/commitments"
	good := `{"paragraph":"p4","kind":"commitment","strength":"will","trackable":true,"marks":[{"lang":"en","exact":"Quad cyber initiatives"}]}`
	var codes []string
	for range 2 {
		answer := send(at, good, "", "Idempotency-Key", "mark")
		var made models.Edited[models.CommitmentEdit]
		if err := json.Unmarshal([]byte(v.want(201, answer)), &made); err != nil {
			t.Fatal(err)
		}
		if answer.Header.Get("Location") != "/api/v1/commitments/"+made.Item.Code || made.Version != 1 || made.Item.Statement != "qscg-2023-12" {
			t.Errorf("%s: %+v", answer.Header.Get("Location"), made)
		}
		codes = append(codes, made.Item.Code)
	}
	if codes[0] != codes[1] || !strings.HasPrefix(codes[0], "QSCG-2023-12-P04-") {
		t.Errorf("a mark and its retry: %v", codes)
	}
	for name, c := range map[string]struct {
		body   string
		status int
		field  string
	}{
		"a_code_of_ones_own":   {strings.Replace(good, "{", `{"code":"X",`, 1), 422, "code"},
		"another_statement":    {strings.Replace(good, "{", `{"statement":"other",`, 1), 422, "statement"},
		"words_not_there":      {strings.Replace(good, "Quad cyber initiatives", "Nobody said this", 1), 422, "marks.0.exact"},
		"words_in_many_places": {strings.Replace(good, "Quad cyber initiatives", "e", 1), 422, "marks.0.place"},
		"no_mark":              {`{"paragraph":"p4","marks":[]}`, 422, "marks"},
		"a_mark_of_no_type":    {`{"paragraph":"p4","marks":{"en":"x"}}`, 400, "marks"},
		"no_paragraph":         {strings.Replace(good, "p4", "p44", 1), 422, "paragraph"},
		"not_trackable":        {strings.Replace(good, "true", "false", 1), 422, "not_trackable_reason.en"},
	} {
		if got := v.want(c.status, send(at, c.body, "")); !strings.Contains(got, `"field":"`+c.field+`"`) {
			t.Errorf("%s: %s; want %s", name, got, c.field)
		}
	}
	v.want(404, send("/api/v1/statements/nowhere/commitments", good, ""))
	v.want(200, send("/api/v1/commitments/"+codes[0], `{"marks":[{"lang":"en","exact":"welcomed progress"}],"initiatives":["QSCG-AI-ML"]}`, `"1"`))
	v.want(412, send("/api/v1/commitments/"+codes[0], `{"verb":"welcome"}`, `"1"`))
	v.want(422, send("/api/v1/commitments/"+codes[0], `{"due":"`+strings.Repeat("x", models.MaxNote+1)+`"}`, `"2"`))
	v.want(200, send("/api/v1/commitments/"+codes[0], `{"actor":"We","addressee":"partners","due":"by the end of 2025","measure":"three labels"}`, `"2"`))
	said := v.want(200, v.send("GET", "/api/v1/commitments/"+codes[0], ""))
	if !strings.Contains(said, `"actor":"We","addressee":"partners","due":"by the end of 2025","measure":"three labels"`) {
		t.Errorf("what the words say beside the verb is lost: %.900s", said)
	}
	for _, page := range []string{"/en/statements/qscg-2023-12", "/en/initiatives/QSCG-AI-ML"} {
		if !strings.Contains(v.want(200, v.send("GET", page, "")), "by the end of 2025") {
			t.Errorf("%s does not say by when", page)
		}
	}
	if csv := v.want(200, v.send("GET", "/api/v1/commitments.csv", "")); !strings.Contains(csv, "We,partners,by the end of 2025,three labels") {
		t.Error("the table of commitments does not say by when")
	}
	v.want(200, send("/api/v1/commitments/"+codes[0]+"/remove", `{"reason":{"en":"No."}}`, `"3"`))
	v.want(410, v.send("GET", "/api/v1/commitments/"+codes[0], ""))
	v.want(200, v.send("POST", "/api/v1/commitments/"+codes[0]+"/restore", ""))
}

// TestMarksAreKeptByFormsAlone marks, mistakes, mends and edits as a browser without scripts does.
func TestMarksAreKeptByFormsAlone(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	v := all[0]
	const at = "/en/statements/qscg-2023-12/commitments"
	if where := v.want(200, v.page("/en/statements/qscg-2023-12/mark")); !strings.Contains(where, "paragraph=p4") {
		t.Error("the paragraphs are not offered")
	}
	form := formOn(t, v.want(200, v.page("/en/statements/qscg-2023-12/mark?paragraph=p4&lang=ja&first=4&last=6")), at)
	r, err := h.store.Statement(t.Context(), models.Public, models.When{}, "qscg-2023-12")
	if err != nil {
		t.Fatal(err)
	}
	japanese := string([]rune(r.Item.Paragraphs[4].Texts[models.Japanese])[3:6])
	if form.Get("strength") != "" {
		t.Errorf("words that no rule reads: the strength is %q, want a choice", form.Get("strength"))
	}
	if form.Get("marks.1.lang") != "ja" || typedIn(form, "marks.1.exact") != japanese || form.Get("marks.1.place") != "1" {
		t.Errorf("the words selected are not on the form: %v; want %q", form, japanese)
	}
	back := v.want(422, v.sends(at, form, "marks.0.exact", "", "marks.1.exact", "どこにもない文言"))
	if !strings.Contains(back, `href="#field-marks.1.exact"`) {
		t.Errorf("the error is not on the language where it was made: %.900s", back[strings.Index(back, "error-summary"):])
	}
	if !strings.Contains(back, `href="#field-strength"`) {
		t.Error("nobody is told to choose the strength")
	}
	made := v.sends(at, formOn(t, back, at), "marks.1.exact", japanese, "strength", "discuss")
	if made.StatusCode != http.StatusSeeOther || !strings.HasPrefix(made.Header.Get("Location"), "/en/commitments/QSCG-2023-12-P04-") {
		t.Fatalf("%d to %s: %.600s", made.StatusCode, made.Header.Get("Location"), read(t, made))
	}
	own := made.Header.Get("Location")
	form = formOn(t, v.want(200, v.page(own+"/edit")), own)
	v.want(303, v.sends(own, form, "marks.0.exact", "Quad cyber initiatives", "initiatives", "QSCG-AI-ML\r\nQSCG-CYBER-CHALLENGE"))
	c, err := h.store.Commitment(t.Context(), models.Public, models.When{}, strings.TrimPrefix(own, "/en/commitments/"))
	if err != nil || c.Item.Words[models.English].Exact != "Quad cyber initiatives" || c.Item.Words[models.Japanese].Exact != japanese || len(c.Item.Initiatives) != 2 {
		t.Errorf("%+v, %v", c.Item, err)
	}
	if err := h.store.Correct(t.Context(), models.Program, "qscg-2023-12", "p2", 1, models.Correction{Lang: "en", Text: "One\r\ntwo\r\nthree\r\ntwo", Reason: models.Text{EN: "A test."}}, nil); err != nil {
		t.Fatal(err)
	}
	form = formOn(t, v.want(200, v.page("/en/statements/qscg-2023-12/mark?paragraph=p2&lang=en&first=5&last=13")), at) // as a browser counts line ends
	if got := typedIn(form, "marks.0.exact"); got != "two\nthree" {
		t.Errorf("words over a line end: %q", got)
	}
	v.want(303, v.sends(at, form, "strength", "will"))
	const st = "/en/statements/qscg-2023-12"
	form = formOn(t, v.want(200, v.page(st+"/edit")), st)
	if same := v.sends(st, form); same.StatusCode != http.StatusSeeOther {
		t.Errorf("the statement saved as it is: %d %.600s", same.StatusCode, read(t, same))
	}
	v.want(303, v.sends(st, form, "slug", "tokyo", "title.en", "Tokyo statement"))
	if moved := v.page(st); moved.StatusCode != http.StatusMovedPermanently || moved.Header.Get("Location") != "/en/statements/tokyo" {
		t.Errorf("the former name: %d to %s", moved.StatusCode, moved.Header.Get("Location"))
	}
	if moved := v.page("/s/qscg-2023-12"); moved.StatusCode >= 400 {
		t.Errorf("the former permanent address: %d", moved.StatusCode)
	}
}

// TestSelectedWordsAreReadByTheRules opens the form of a mark with words that the rules know, in each language, and without any.
func TestSelectedWordsAreReadByTheRules(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	v := all[0]
	const at = "/en/statements/qscg-2023-12/commitments"
	r, err := h.store.Statement(t.Context(), models.Public, models.When{}, "qscg-2023-12")
	if err != nil {
		t.Fatal(err)
	}
	wordings := map[models.Lang]string{models.English: "We met. We intend to publish three common labels by the end of 2025. We welcomed the report.", models.Japanese: "我々は会合した。我々は報告書を歓迎した。"}
	for i, l := range models.Langs {
		err := h.store.Correct(t.Context(), models.Program, "qscg-2023-12", "p3", r.Item.Version+int64(i), models.Correction{Lang: l, Text: wordings[l], Reason: models.Text{EN: "A test."}}, nil)
		if err != nil {
			t.Fatal(err)
		}
	}
	open := func(l models.Lang, words string) url.Values {
		first := utf8.RuneCountInString(wordings[l][:strings.Index(wordings[l], words)]) + 1
		return formOn(t, v.want(200, v.page(fmt.Sprintf("/en/statements/qscg-2023-12/mark?paragraph=p3&lang=%s&first=%d&last=%d", l, first, first+utf8.RuneCountInString(words)-1))), at)
	}
	form := open(models.English, "publish three common labels")
	if form.Get("strength") != "intend" || form.Get("kind") != "commitment" || form.Get("trackable") != "on" || !strings.Contains(form.Get("due"), "by the end of 2025") || !strings.Contains(form.Get("verb"), "intend") || form.Get("actor") != "We" {
		t.Errorf("an intention is read as %v", form)
	}
	if typedIn(form, "marks.0.exact") != "publish three common labels" {
		t.Errorf("the words are no longer those selected: %q", typedIn(form, "marks.0.exact"))
	}
	for l, words := range map[models.Lang]string{models.English: "the report", models.Japanese: "報告書を歓迎した"} {
		form := open(l, words)
		if form.Get("strength") != "welcome" || form.Get("kind") != "assessment" || form.Get("trackable") != "" || typedIn(form, "not_trackable_reason.en") == "" {
			t.Errorf("%s: a welcome is read as %v", l, form)
		}
	}
	if form := open(models.English, "We met."); form.Get("strength") != "" {
		t.Errorf("words that promise nothing are read as %v", form)
	}
}

// TestLineageIsSaidByFormsAlone says of a commitment in the record what it follows, by form and as data.
func TestLineageIsSaidByFormsAlone(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	storetest.Earlier(t, h.store)
	v := all[0]
	const own = "/en/commitments/" + tokyoFirst
	page := v.want(200, v.page(own+"/edit"))
	if !strings.Contains(page, "QSCG-2023-01-P02-1 will study the landing points of undersea cables") || !strings.Contains(page, `value="QSCG-CYBER-CHALLENGE">`) {
		t.Error("the earlier commitments are not offered in their words, or the initiatives not by their titles")
	}
	form := formOn(t, page, own)
	if same := v.sends(own, form); same.StatusCode != http.StatusSeeOther || h.get("/commitments/"+tokyoFirst+".json") == "" {
		t.Fatalf("saved as it is: %d", same.StatusCode)
	}
	back := v.want(422, v.sends(own, form, "earlier.1.code", tokyoFirst, "earlier.1.relation", "reworded"))
	if !strings.Contains(back, `href="#field-earlier.1.code"`) {
		t.Error("the error is not on the row where it was made")
	}
	v.want(303, v.sends(own, formOn(t, back, own), "earlier.1.code", "QSCG-2023-01-P02-1", "earlier.1.relation", "reworded"))
	c, err := h.store.Commitment(t.Context(), models.Public, models.When{}, tokyoFirst)
	if err != nil || len(c.Item.Earlier) != 1 || c.Item.Earlier[0].Relation != "reworded" || c.Item.OfficialLine != "reworded" {
		t.Errorf("%+v, %v", c.Item.Earlier, err)
	}
	form = formOn(t, v.want(200, v.page(own+"/edit")), own)
	if form.Get("earlier.0.code") != "QSCG-2023-01-P02-1" || form.Get("earlier.0.relation") != "reworded" || form.Get("compared") != "on" {
		t.Errorf("the form does not have what stands: %v", form)
	}
	p := h.visitor("program")
	p.token = token(t, h.store, person(t, h.store, "program", models.Analyst), models.ScopeWrite)
	v.want(200, p.send("POST", "/api/v1/commitments/"+tokyoFirst, `{"earlier":[]}`, "Content-Type", "application/json", "If-Match", fmt.Sprintf("%q", form.Get("form.version"))))
	if c, err = h.store.Commitment(t.Context(), models.Public, models.When{}, tokyoFirst); err != nil || len(c.Item.Earlier) != 0 || c.Item.OfficialLine != "new" {
		t.Errorf("%s %+v, %v", c.Item.OfficialLine, c.Item.Earlier, err)
	}
}

// TestMarksAreWebAnnotations reads the marks as the W3C data model has them and finds the words by each selector.
func TestMarksAreWebAnnotations(t *testing.T) {
	t.Parallel()
	_, v, send := texts(t)
	st := readStatement(t, v, tokyoText)
	bodies := map[string]map[string]string{}
	for _, p := range st.Paragraphs {
		bodies[p.Ref] = map[string]string{}
		for l, body := range p.Texts {
			bodies[p.Ref][string(l)] = body
		}
	}
	type selector struct {
		Type, Value, Exact, Prefix, Suffix string
		Start, End                         *int
		RefinedBy                          *selector
	}
	type collection struct {
		Context string `json:"@context"`
		Type    string
		Total   int
		First   struct {
			Type  string
			Items []struct {
				ID, Type string
				Body     []struct{ Type, Value, Source string }
				Target   struct {
					Source, Language string
					Selector         []selector
				}
			}
		}
	}
	get := func() (all collection) {
		if err := json.Unmarshal([]byte(v.want(200, v.send("GET", tokyoText+"/annotations", ""))), &all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	all, ids := get(), map[string]bool{}
	if all.Context != "http://www.w3.org/ns/anno.jsonld" || all.Type != "AnnotationCollection" || all.First.Type != "AnnotationPage" || all.Total != 42 || len(all.First.Items) != 42 {
		t.Fatalf("%s %s %s, %d of %d", all.Context, all.Type, all.First.Type, len(all.First.Items), all.Total)
	}
	for _, a := range all.First.Items {
		ids[a.ID] = true
		quote, place := a.Target.Selector[0], a.Target.Selector[1]
		body := bodies[quote.Value][a.Target.Language]
		if q := quote.RefinedBy; q.Type != "TextQuoteSelector" || !strings.Contains(body, q.Prefix+q.Exact+q.Suffix) || utf8.RuneCountInString(q.Prefix) > models.ContextRunes {
			t.Errorf("%s: %+v", a.ID, q)
		}
		if p := place.RefinedBy; p.Type != "TextPositionSelector" || string([]rune(body)[*p.Start:*p.End]) != quote.RefinedBy.Exact {
			t.Errorf("%s: %+v is not the words %q", a.ID, p, quote.RefinedBy.Exact)
		}
	}
	if len(ids) != 42 {
		t.Errorf("%d names of 42 annotations", len(ids))
	}
	v.want(200, send(tokyoText+"/paragraphs/p4", `{"lang":"en","text":"Nothing of it is left.","reason":{"en":"A test."}}`, `"1"`))
	for _, a := range get().First.Items {
		lost := strings.Contains(a.ID, "-P04-") && a.Target.Language == "en"
		if got := len(a.Target.Selector) == 1; got != lost || a.Target.Selector[0].RefinedBy.Exact == "" {
			t.Errorf("%s: %d selectors, words %q", a.ID, len(a.Target.Selector), a.Target.Selector[0].RefinedBy.Exact)
		}
	}
	page := v.want(200, v.send("GET", "/en/statements/qscg-2023-12", ""))
	if strings.Count(page, "Needs re-anchoring") == 0 || strings.Contains(page, "no longer in the text. Its") {
		t.Error("the reader does not say which marks need re-anchoring, or tells the public to make them")
	}
}

func TestReaderShowsEveryLanguageOfTheText(t *testing.T) {
	t.Parallel()
	h, v, _ := texts(t)
	err := h.store.Write(t.Context(), models.Program, store.Change{Action: "import", Object: "statement:trois", Needs: models.PermitImport}, func(tx *store.Tx) error {
		return tx.AddStatement(models.Statement{Slug: "trois", Meeting: "qfmm-2024-07", Title: models.Text{EN: "Trois"}, Paragraphs: []models.Paragraph{
			{Ref: "p1", Texts: map[models.Lang]string{models.English: "We will act.", models.Japanese: "行動する。", "fr": "Nous agirons."}}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	page := v.want(200, v.send("GET", "/en/statements/trois", ""))
	for _, said := range []string{`<p lang="fr">`, "Nous agirons.", "français", "We will act.", "行動する。"} {
		if !strings.Contains(page, said) {
			t.Errorf("the reader lacks %q", said)
		}
	}
	page = v.want(200, v.send("GET", "/en/statements/trois?text=fr", ""))
	if !strings.Contains(page, "Nous agirons.") || strings.Contains(page, "We will act.") {
		t.Error("text=fr does not show the French alone")
	}
	if text := v.want(200, v.send("GET", "/en/statements/trois.txt?text=fr", "")); text != "Nous agirons.\n" {
		t.Errorf("as plain text %q", text)
	}
	v.want(400, v.send("GET", "/api/v1/statements/trois?text=de", ""))
	if page := v.want(200, v.send("GET", "/en/statements/trois?text=de", "")); !strings.Contains(page, "We will act.") {
		t.Error("a language it does not have hides the text")
	}
}
