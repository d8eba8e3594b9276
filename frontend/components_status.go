package frontend

import (
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// statusComponents are the chip of each status, on its own and as a country's part.
func statusComponents(f Frame) []ComponentSample {
	var all []ComponentSample
	for _, s := range models.Statuses {
		all = append(all, ComponentSample{string(s), chip(f, s)})
	}
	return append(all,
		ComponentSample{"a country's part", partChip(f, models.Part{Role: "lead", Status: models.UnderWay})},
		ComponentSample{"a part that another replaced", partChip(f, models.Part{Role: "lead", Status: models.Stalled, Superseded: true})},
		ComponentSample{"no part", partChip(f, models.Part{Role: "not_applicable"})},
		ComponentSample{"countries, one that acted and one that did not", countries(f, []models.Part{{Country: "JP", CountryName: japan, Role: "lead", Status: models.UnderWay}, {Country: "US", CountryName: long, Role: "contributor", Status: models.NotAssessed}})},
		ComponentSample{"key of the signs", matrixLegend(f)},
	)
}

// reviewComponents are the review marks and the changes, as they stand beside a status.
func reviewComponents(f Frame) []ComponentSample {
	var all []ComponentSample
	for _, m := range models.Marks {
		all = append(all, ComponentSample{"mark, " + string(m), mark(f, m)})
	}
	for _, c := range models.Changes {
		i := longest()
		i.Change = c
		all = append(all, ComponentSample{"change, " + string(c), how(f, i)})
	}
	for _, s := range models.Schedules {
		i := longest()
		i.Schedule = s
		if s != models.Undated {
			i.DueOn = models.NewDate(2025, 12, 31)
		}
		all = append(all, ComponentSample{"schedule, " + string(s), plate(schedule(f, i))})
	}
	for _, c := range models.Confidences {
		all = append(all, ComponentSample{"confidence, " + string(c), confidence(f, c)})
	}
	return all
}

// standingComponents are the line under the title of an initiative, with each flag.
func standingComponents(f Frame) []ComponentSample {
	stands := func(change func(r *models.InitiativeRecord)) models.InitiativeRecord {
		u := sampleUpdate()
		u.Grade = models.Independent
		r := models.InitiativeRecord{Initiative: sampleInitiative(long, models.Delivered), Updates: []models.Update{u}}
		change(&r)
		return r
	}
	plain := stands(func(*models.InitiativeRecord) {})
	flagged := stands(func(r *models.InitiativeRecord) { r.Trackable, r.SupersededBy = false, "QSCG-ANOTHER" })
	short := stands(func(r *models.InitiativeRecord) { r.Updates[0].Grade = models.MemberStatement })
	retracted := stands(func(r *models.InitiativeRecord) { r.Updates[0].Evidence[0].RetractedAt = "2026-11-22T23:59:59.000000Z" })
	return []ComponentSample{
		{"plain", now(f, plain)}, {"not trackable, superseded", now(f, flagged)}, {"short of evidence", now(f, short)}, {"its evidence was retracted", now(f, retracted)},
		{"why, without a note", why(f, models.Update{ID: 1})}, {"why, longest", why(f, sampleUpdate())},
	}
}

// barComponents are the stacked bar, which pages leave out where there is nothing, the thin bar and the row of dots.
func barComponents(f Frame) []ComponentSample {
	var one, uneven models.Tally
	one.Add(models.Stalled, models.Carried, models.ChangeNone, true, 1)
	for i, s := range models.Statuses {
		for range []int{1, 200, 3, 40, 1, 1, 2, 9}[i] {
			uneven.Add(s, models.Carried, models.ChangeNone, true, 1)
		}
	}
	bar := func(id string, t models.Tally) ComponentSample {
		return ComponentSample{"stacked bar, " + id, statusBar(f, newStatusBar(f, "bar-"+id, t, f.Day(), func(s models.Status) string { return f.list("status", string(s)) }))}
	}
	all := []ComponentSample{bar("one", one), bar("every", sampleTally()), bar("uneven", uneven)}
	all = append(all, ComponentSample{"thin bar, none", thinBar(f, models.Tally{})}, ComponentSample{"thin bar, one", thinBar(f, one)}, ComponentSample{"thin bar, every status", thinBar(f, sampleTally())}, ComponentSample{"thin bar, uneven", thinBar(f, uneven)})
	for _, c := range [][2]int{{0, 0}, {0, 4}, {1, 4}, {4, 4}, {28, 29}, {300, 1000}} {
		label := fmt.Sprintf("%d / %d", c[0], c[1])
		all = append(all, ComponentSample{"dots, " + label, dotRow(c[0], c[1], label)})
	}
	return all
}

// ribbonComponents are the status over the meetings.
func ribbonComponents(f Frame) []ComponentSample {
	cell := func(i int) models.Cell {
		return models.Cell{Meeting: "qscg-2023-12", City: tokyo, HeldOn: models.NewDate(2012+i, 1+i%12, 6), Status: models.Statuses[i%len(models.Statuses)],
			Mark: models.Marks[i%len(models.Marks)], Change: models.Changes[i%len(models.Changes)], Evidence: i % 3}
	}
	var many []models.Cell
	for i := range 12 {
		many = append(many, cell(i))
	}
	many = append(many, models.Cell{HeldOn: models.NewDate(2026, 11, 23), Status: models.Dropped, Mark: models.Carried})
	return []ComponentSample{{"none", ribbon(f, nil)}, {"one", ribbon(f, []models.Cell{cell(2)})}, {"before the promise, and longest", ribbon(f, sampleRibbon())}, {"many", ribbon(f, many)}}
}
