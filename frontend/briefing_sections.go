package frontend

import (
	"fmt"
	"slices"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// brief is the first glance: a sentence on what moved and how much of it somebody looked at, and the tally.
func (s Sheet) brief(b models.Briefing, at models.At) *SheetBrief {
	out := &SheetBrief{Lead: s.each(func(p *locale.Printer) string {
		text := p.T("briefing.lead", "n", b.Summary.Total)
		if !at.VS.IsZero() {
			text = p.T("briefing.lead_since", "meeting", since(p, b, at), "changes", p.List(moves(p, b.Changes)), "n", b.Summary.Total)
			if k := len(b.Changes.Closed); k > 0 {
				text += " " + p.T("briefing.lead_closed", "n", k)
			}
		}
		if refs := b.Attention.Pressing(); len(refs) > 0 {
			text += " " + p.T("briefing.lead_trouble", "n", len(refs), "names", firstNames(p, b, refs))
		}
		if m, ok := at.Meeting(at.Anchor); ok && b.Summary.Total > b.Summary.Reviewed {
			text += " " + p.T("briefing.lead_unseen", "n", b.Summary.Total-b.Summary.Reviewed, "meeting", p.Place(m))
		}
		return text
	})}
	for _, st := range models.Statuses {
		if n := b.Summary.Statuses[st]; n > 0 {
			tally := s.status(st)
			tally.Kind = "tally" // of many records, so that it leads to none
			out.Counts = append(out.Counts, SheetCount{tally, n})
		}
	}
	return out
}

// since names the time that a briefing is compared with.
func since(p *locale.Printer, b models.Briefing, at models.At) string {
	if m, ok := at.Meeting(at.VSMeeting); ok {
		return p.Place(m)
	}
	return p.Date(at.VS)
}

// moves counts what moved, in words; nothing that is none.
func moves(p *locale.Printer, m models.BriefingMoves) []string {
	var all []string
	for _, one := range []struct {
		key string
		n   int
	}{{"briefing.n_forward", len(m.Forward)}, {"briefing.n_back", len(m.Back)}, {"briefing.n_new", len(m.New)}, {"briefing.n_other", len(m.Other)}} {
		if one.n > 0 {
			all = append(all, p.T(one.key, "n", one.n))
		}
	}
	if len(all) == 0 {
		all = []string{p.T("briefing.n_none")}
	}
	return all
}

// changes are the initiatives that moved since the time compared with, by how they did.
func (s Sheet) changes(b models.Briefing, at models.At) SheetSection {
	out := SheetSection{Heading: s.T("briefing.changes")}
	if at.VS.IsZero() {
		out.Notes = []Said{s.T("briefing.uncompared")}
		return out
	}
	from := func(p *locale.Printer) string { return since(p, b, at) }
	t := SheetTable{Kind: "changes", Caption: s.T("briefing.changes_caption", "meeting", from),
		Head: []Said{s.T("col.initiative"), s.T("briefing.was"), s.T("briefing.now"), s.T("briefing.review"), s.T("briefing.sources")}}
	for _, g := range []struct {
		heading Said
		refs    []string
	}{{s.T("briefing.forward"), b.Changes.Forward}, {s.T("briefing.back"), b.Changes.Back}, {s.T("briefing.new"), b.Changes.New}, {s.T("briefing.other"), b.Changes.Other}} {
		group := SheetGroup{Heading: s.numbered(g.heading, len(g.refs))}
		for _, ref := range g.refs {
			i := b.Item(ref)
			was := Cell{{Kind: "text", Words: s.T("briefing.not_yet")}}
			if i.Was != "" {
				was = Cell{s.status(i.Was)}
			}
			group.Rows = append(group.Rows, SheetRow{ref, []Cell{s.name(i), was, s.now(i), {s.mark(i.Mark)}, {sources(i.Sources)}}})
		}
		if len(group.Rows) > 0 {
			t.Groups = append(t.Groups, group)
		}
	}
	out.Intro = []Said{s.T("briefing.compared", "meeting", from)}
	if len(t.Groups) == 0 {
		out.Intro = []Said{s.T("briefing.nothing_moved", "meeting", from)}
		return out
	}
	out.Tables = []SheetTable{t}
	return out
}

// numbered puts how many there are behind a heading.
func (s Sheet) numbered(heading Said, n int) Said {
	all := slices.Clone(heading)
	for i := range all {
		all[i].Text = fmt.Sprintf("%s (%d)", all[i].Text, n)
		if all[i].Lang == string(models.Japanese) {
			all[i].Text = fmt.Sprintf("%s（%d）", heading[i].Text, n)
		}
	}
	return all
}

// name is the title of an initiative with its reference.
func (s Sheet) name(i models.BriefingItem) Cell {
	return Cell{{Kind: "title", Words: s.text(i.Title), Path: "/initiatives/" + i.Ref}, {Kind: "code", Words: plain(i.Ref)}}
}

// now is the status with the day it is true from, and what has become of its date.
func (s Sheet) now(i models.BriefingItem) Cell {
	cell := Cell{s.status(i.Status)}
	if !i.Since.IsZero() {
		cell = append(cell, Bit{Kind: "meta", Words: s.T("since", "day", i.Since)})
	}
	if !i.DueOn.IsZero() && i.Schedule == models.Overdue {
		cell = append(cell, Bit{Kind: "meta", Words: s.T("briefing.due", "day", i.DueOn)})
	}
	return cell
}

func sources(refs []int) Bit { return Bit{Kind: "sources", Refs: refs} }

// attention lists what needs a decision, by reason.
func (s Sheet) attention(b models.Briefing) SheetSection {
	out := SheetSection{Heading: s.T("briefing.attention")}
	t := SheetTable{Kind: "attention", Caption: s.T("briefing.attention"), Head: []Said{s.T("col.initiative"), s.T("col.status"), s.T("briefing.known"), s.T("briefing.sources")}}
	for _, g := range []struct {
		heading Said
		refs    []string
	}{{s.T("briefing.stalled"), b.Attention.Stalled}, {s.T("briefing.overdue"), b.Attention.Overdue}, {s.T("briefing.silent"), b.Attention.NoPublicAction}} {
		group := SheetGroup{Heading: s.numbered(g.heading, len(g.refs))}
		for _, ref := range g.refs {
			i := b.Item(ref)
			known := Cell{}
			if !i.Note.IsZero() {
				known = append(known, Bit{Kind: "text", Words: s.text(i.Note)})
			}
			if i.Searched != "" {
				known = append(known, Bit{Kind: "meta", Words: s.T("briefing.searched", "day", i.SearchedOn, "where", i.Searched)})
			}
			group.Rows = append(group.Rows, SheetRow{ref, []Cell{s.name(i), append(s.now(i), s.mark(i.Mark)), known, {sources(i.Sources)}}})
		}
		if len(group.Rows) > 0 {
			t.Groups = append(t.Groups, group)
		}
	}
	if group := s.suggested(b); len(group.Rows) > 0 {
		t.Groups = append(t.Groups, group)
	}
	if len(t.Groups) > 0 {
		out.Tables = []SheetTable{t}
	} else {
		out.Notes = append(out.Notes, s.T("briefing.no_trouble"))
	}
	if n := len(b.Attention.Carried); n > 0 {
		out.Notes = append(out.Notes, s.carried(b, n))
	}
	if n := b.Summary.Marks[models.Imported]; n > 0 {
		out.Notes = append(out.Notes, s.T("briefing.imported", "n", n))
	}
	return out
}

// suggested lists the initiatives for which a search proposes another status.
func (s Sheet) suggested(b models.Briefing) SheetGroup {
	group := SheetGroup{Heading: s.numbered(s.T("overview.suggested"), len(b.Suggestions)), Note: s.T("overview.suggested_note")}
	for _, n := range b.Suggestions {
		i := b.Item(n.Initiative)
		proposed := s.status(n.Suggested)
		known := Cell{{Kind: "text", Words: s.text(n.Result)}, {Kind: "meta", Words: s.T("briefing.searched", "day", n.SearchedOn, "where", n.Where)}}
		group.Rows = append(group.Rows, SheetRow{n.Initiative, []Cell{s.name(i), append(s.now(i), Bit{Kind: "meta", Words: s.T("briefing.proposed")}, proposed), known, {sources(i.Sources)}}})
	}
	return group
}

// mostNamed is how many initiatives that nobody looked at are named where a table has their marks.
const mostNamed = 12

// carried names the initiatives that nobody looked at. A long list of them stands in the table by topic alone.
func (s Sheet) carried(b models.Briefing, n int) Said {
	if n > mostNamed && b.Options.Holds(models.BriefingTopics) {
		return s.T("briefing.carried_many", "n", n)
	}
	return s.named("briefing.carried", b, b.Attention.Carried)
}

// mostAtAGlance is how many initiatives the first glance names.
const mostAtAGlance = 6

// firstNames names initiatives at the first glance, and says how many more there are.
func firstNames(p *locale.Printer, b models.Briefing, refs []string) string {
	var names []string
	for _, ref := range refs[:min(len(refs), mostAtAGlance)] {
		name, _ := b.Item(ref).Title.In(p.Lang)
		names = append(names, name)
	}
	if more := len(refs) - mostAtAGlance; more > 0 {
		return p.T("briefing.and_more", "names", joined(p, names), "n", more)
	}
	return joined(p, names)
}

// named is a message that counts initiatives and names them.
func (s Sheet) named(key string, b models.Briefing, refs []string) Said {
	return s.each(func(p *locale.Printer) string {
		var names []string
		for _, ref := range refs {
			name, _ := b.Item(ref).Title.In(p.Lang)
			names = append(names, name)
		}
		return p.T(key, "n", len(refs), "names", joined(p, names))
	})
}

// joined puts titles one after the other; a title can have commas of its own.
func joined(p *locale.Printer, names []string) string {
	between := "; "
	if p.Lang == models.Japanese {
		between = "／"
	}
	out := ""
	for i, n := range names {
		if i > 0 {
			out += between
		}
		out += n
	}
	return out
}

// byTopic is every initiative of the briefing under the topics at the top of the tree.
func (s Sheet) byTopic(b models.Briefing) SheetSection {
	out := SheetSection{Heading: s.T("briefing.topics")}
	t := SheetTable{Kind: "topics", Caption: s.T("briefing.topics"), Head: []Said{s.T("col.initiative"), s.T("col.status"), s.T("briefing.review"), s.T("briefing.parts"), s.T("briefing.sources")}}
	for _, topic := range b.Topics {
		group := SheetGroup{Heading: s.text(topic.Topic.Title), Note: s.each(func(p *locale.Printer) string { return reviewedIn(p, topic.Summary) })}
		for _, ref := range topic.Initiatives {
			i := b.Item(ref)
			group.Rows = append(group.Rows, SheetRow{ref, []Cell{s.name(i), s.now(i), {s.mark(i.Mark)}, s.parts(i), {sources(i.AllSources())}}})
		}
		t.Groups = append(t.Groups, group)
	}
	if len(t.Groups) == 0 {
		out.Notes = []Said{s.T("empty.no_match")}
		return out
	}
	out.Tables = []SheetTable{t}
	return out
}

// parts are the parts of countries by their status: the countries that have it stand together.
func (s Sheet) parts(i models.BriefingItem) Cell {
	var cell Cell
	for _, st := range models.Statuses {
		var names []string
		for _, p := range i.Parts {
			if p.Applicable() && p.Status == st {
				names = append(names, p.Country)
			}
		}
		if len(names) > 0 {
			bit := s.status(st)
			bit.Kind = "part"
			bit.Words = s.T("briefing.part", "countries", joinedCodes(names), "status", func(p *locale.Printer) string { return p.T("status." + string(st)) })
			cell = append(cell, bit)
		}
	}
	switch {
	case len(cell) == 0:
		return Cell{{Kind: "meta", Words: s.T("briefing.no_parts")}}
	case len(cell) == 1 && cell[0].Code == string(models.NotAssessed):
		return Cell{{Kind: "meta", Words: s.T("briefing.parts_unassessed")}}
	}
	return cell
}

func joinedCodes(codes []string) string {
	out := ""
	for i, c := range codes {
		if i > 0 {
			out += " "
		}
		out += c
	}
	return out
}

// byCountry is one table for each country chosen, with its own part beside the whole.
func (s Sheet) byCountry(b models.Briefing) SheetSection {
	out := SheetSection{Heading: s.T("briefing.countries"), Intro: []Said{s.T("part.caution")}}
	for _, c := range b.Countries {
		t := SheetTable{Kind: "countries", Shown: true, Caption: s.T("briefing.country", "country", c.Country.Title, "k", c.Action, "total", c.Applicable),
			Head: []Said{s.T("col.initiative"), s.T("briefing.own_part"), s.T("briefing.known"), s.T("col.whole"), s.T("briefing.sources")}}
		var group SheetGroup
		var unseen []string
		for _, ref := range c.Initiatives {
			i := b.Item(ref)
			p := partOf(i.Initiative, c.Country.Ref)
			if p.Status == models.NotAssessed {
				unseen = append(unseen, ref)
				continue
			}
			own := Cell{s.status(p.Status)}
			if !p.Since.IsZero() {
				own = append(own, Bit{Kind: "meta", Words: s.T("since", "day", p.Since)})
			}
			group.Rows = append(group.Rows, SheetRow{ref, []Cell{s.name(i), own, {{Kind: "text", Words: s.text(p.Note)}}, {s.status(i.Status), s.mark(i.Mark)}, {sources(i.PartSources[c.Country.Ref])}}})
		}
		if len(group.Rows) > 0 {
			t.Groups = []SheetGroup{group}
		}
		if len(unseen) > 0 {
			t.Rest = s.named("briefing.unassessed", b, unseen)
		}
		out.Tables = append(out.Tables, t)
	}
	return out
}
