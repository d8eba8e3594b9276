package frontend

import (
	"net/url"

	"github.com/followthrough/followthrough/models"
)

// sampleOptions are choices, one of them with the longest words.
func sampleOptions(f Frame) []Option {
	return []Option{{Label: f.T("edit.choose")}, {Value: "JP", Label: f.Plain(japan), Selected: true}, {Value: "x", Label: f.Plain(long)}}
}

// fieldComponents are the fields of forms, empty and filled, and wrong ones.
func fieldComponents(f Frame) []ComponentSample {
	label, hint := f.T("edit.name.en"), f.T("edit.day_hint")
	form := Form{Values: url.Values{"longest": {long.EN}, "fixed": {"QSCG-SAMPLE"}, "japanese": {long.JA}, "lines": {long.EN + "\n" + long.JA}, "day": {"2023-12-06"}, "wrong": {"<b>"}},
		Errors: map[string]string{"wrong": f.Plain(long), "wrong-choice": f.Plain(long), "wrong-lines": f.Plain(long)}}
	one := func(name string, d Field) ComponentSample {
		d.Label = label
		return ComponentSample{name, entryForm(field(f, form, d))}
	}
	return []ComponentSample{
		one("text, empty", Field{Name: "empty"}), one("text, required, with a hint", Field{Name: "required", Required: true, Hint: hint}), one("text, longest", Field{Name: "longest", Hint: long.EN}),
		one("text, Japanese", Field{Name: "japanese", Lang: models.Japanese}), one("text, fixed", Field{Name: "fixed", Fixed: true}), one("text, wrong", Field{Name: "wrong", Hint: hint, Required: true}),
		one("day, empty", Field{Name: "no-day", Kind: "date", Hint: hint}), one("day", Field{Name: "day", Kind: "date"}), one("number", Field{Name: "number", Kind: "number"}), one("passphrase", Field{Name: "passphrase", Kind: "password"}),
		one("choice", Field{Name: "choice", Options: sampleOptions(f), Hint: hint}), one("choice, wrong", Field{Name: "wrong-choice", Options: sampleOptions(f)}),
		one("several lines", Field{Name: "lines", Rows: 5}), one("several lines, wrong", Field{Name: "wrong-lines", Rows: 2}),
	}
}

// wrongComponents are a form that came back: what is wrong with the whole and with each field, and the fields.
func wrongComponents(f Frame) []ComponentSample {
	form := wrongForm("status", "name")
	return []ComponentSample{
		{"summary, of the whole and of fields, restored", errorSummary(f, form)},
		{"the fields it leads to", entryForm(together(field(f, form, Field{Name: "status", Label: f.T("col.status"), Options: sampleOptions(f)}), field(f, form, Field{Name: "name", Label: f.T("edit.name.ja"), Required: true})))},
	}
}

// conflictComponents are what two people said of one record meanwhile.
func conflictComponents(f Frame) []ComponentSample {
	side := func(t models.Text) Side { return Side{Value: f.Plain(t), Text: f.Plain(t)} }
	return []ComponentSample{
		{"two fields, one with the longest words", differences(f, wrongForm("title"), []Difference{
			{Name: "place", Label: f.T("edit.name.en"), Before: side(japan), Theirs: side(tokyo), Mine: side(sampleForum), Chosen: "mine"},
			{Name: "title", Label: f.T("edit.name.ja"), Before: side(japan), Theirs: side(long), Mine: side(tokyo)},
		}, nil)},
		{"somebody else has the record open", live(f, "initiative:x", 3)},
	}
}

// buttonComponents are buttons, links that look like one, and choices between views.
func buttonComponents(f Frame) []ComponentSample {
	return []ComponentSample{
		{"plain, important, off, and a link", buttonPlate(f.T("edit.save"))},
		{"longest", buttonPlate(f.Plain(long))},
		{"a form of one button", postButton(f, Form{Key: "k"}, "/updates/7/undo", f.T("update.undo"))},
		{"views, one chosen", choices(f.T("matrix.view"), []Choice{{f.T("matrix.by_meetings"), "#main", true}, {f.T("matrix.by_countries"), "#main", false}, {f.Plain(long), "#main", false}})},
	}
}

// bannerComponents are what stands above the content.
func bannerComponents(f Frame) []ComponentSample {
	at := func(change func(f *Frame)) Frame {
		own, when := f, *f.At
		own.At = &when
		change(&own)
		return own
	}
	past := at(func(f *Frame) { f.At.AsOf = models.NewDate(2023, 12, 6) })
	known := at(func(f *Frame) { f.At.KnownAt = "2026-11-20T08:30:00.000000Z" })
	noticed := at(func(f *Frame) {
		f.Notices = []string{f.T("error.unknown_parameter", "field", "x"), f.Plain(long)}
	})
	done := at(func(f *Frame) {
		f.Flash, f.Then = f.T("edit.saved"), []LeadPart{{Text: f.T("update.undo"), URL: "#main"}, {Text: f.Plain(long), URL: "#main"}}
	})
	must := at(func(f *Frame) { f.MustEnrol = true })
	return []ComponentSample{{"done, with ways on", banners(done)}, {"must be done", banners(must)}, {"past", banners(past)}, {"known by an instant", banners(known)}, {"left out, and longest", banners(noticed)}}
}

// filterComponents are the form that narrows a list and what it is narrowed to.
func filterComponents(f Frame) []ComponentSample {
	narrowed := f
	narrowed.Query = url.Values{"q": {"<b>cyber</b>"}, "topic": {"t"}, "delegate": {"d"}}
	facets := sampleFacets()
	facets["country"] = append(facets["country"], models.Facet{Value: "FR", Label: models.Text{EN: "Nobody", JA: "なし"}})
	p := newFilters(narrowed, facets, facetOrder)
	p.Sorts = sampleOptions(f)
	one := f
	one.Query = url.Values{"q": {f.Plain(long)}}
	return []ComponentSample{{"narrowed by one, longest", activeFilters(newFilters(one, nil, nil))}, {"narrowed by several", activeFilters(p)}, {"the form", filters(p)}, {"next page", pager(f, new(string))}}
}

// wayComponents lead through the product.
func wayComponents(f Frame) []ComponentSample {
	links := []LeadPart{{Text: f.T("nav.topics"), URL: "#main"}, {Text: f.Plain(long), URL: "#main"}}
	return []ComponentSample{
		{"back up", crumbs(f, []crumb{{f.T("nav.topics"), f.To("/topics")}, {f.Plain(long), f.To("/topics")}})},
		{"on this page", contents(f, links)},
	}
}

// nothingComponents are what a reader finds where there is nothing.
func nothingComponents(f Frame) []ComponentSample {
	return []ComponentSample{
		{"nothing yet", emptyPlate(f.T("empty.nothing_yet"))}, {"no match", emptyPlate(f.T("empty.no_match"))}, {"no publication", publications(f, nil)}, {"longest", emptyPlate(f.Plain(long))},
		{"introduction, note, aside and rule of counting", notePlate(f, f.T("ribbon.note"))},
	}
}
