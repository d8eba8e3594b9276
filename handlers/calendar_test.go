package handlers_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

var civil = regexp.MustCompile(`(?m)^(DTSTART|DTEND|DUE)([^:\r]*):([^\r]*)\r$`)

// parseCalendar reads a calendar and looks at what RFC 5545 asks of it.
func parseCalendar(t *testing.T, address, body string) *ics.Calendar {
	t.Helper()
	c, err := ics.ParseCalendar(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	for _, line := range strings.SplitAfter(body, "\n") {
		if line != "" && !strings.HasSuffix(line, "\r\n") || len(line) > 77 {
			t.Errorf("%s: %q does not end in CR LF or is longer than 75 octets", address, line)
		}
	}
	for _, m := range civil.FindAllStringSubmatch(body, -1) {
		if m[2] != ";VALUE=DATE" || !regexp.MustCompile(`^\d{8}$`).MatchString(m[3]) {
			t.Errorf("%s: %s is not a civil date", address, m[0])
		}
	}
	seen := map[string]bool{}
	for _, part := range c.Components {
		get := func(p ics.ComponentProperty) string {
			var all []ics.IANAProperty
			switch part := part.(type) {
			case *ics.VEvent:
				all = part.Properties
			case *ics.VTodo:
				all = part.Properties
			}
			for _, own := range all {
				if own.IANAToken == string(p) {
					return own.Value
				}
			}
			return ""
		}
		for _, p := range []ics.ComponentProperty{ics.ComponentPropertyUniqueId, ics.ComponentPropertyDtstamp, ics.ComponentPropertySequence, ics.ComponentPropertySummary, ics.ComponentPropertyUrl} {
			if get(p) == "" {
				t.Errorf("%s: a part without %s", address, p)
			}
		}
		uid := get(ics.ComponentPropertyUniqueId)
		if seen[uid] || !regexp.MustCompile(`^(meeting|initiative)-[^@]+@[0-9a-f]{12}\.followthrough$`).MatchString(uid) {
			t.Errorf("%s: the UID %q stands twice or is not one", address, uid)
		}
		seen[uid] = true
	}
	return c
}

func TestMeetingsCalendar(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	body := s.get("/meetings.ics")
	if n := len(parseCalendar(t, "/meetings.ics", body).Events()); n != 20 {
		t.Errorf("%d events; want the 20 meetings", n)
	}
	if starts := regexp.MustCompile(`DTSTART;VALUE=DATE:\d{8}`).FindAllString(body, -1); len(starts) != 20 || !slices.IsSorted(starts) {
		t.Errorf("the meetings begin on %v; want them in the order of time", starts)
	}
	one := s.get("/ja/meetings/qscg-2023-12.ics")
	for _, must := range []string{"DTSTART;VALUE=DATE:20231205\r\n", "DTEND;VALUE=DATE:20231207\r\n", "DTSTAMP:20261123T093000Z\r\n", "SUMMARY;LANGUAGE=ja:", "東京", "\r\nSEQUENCE:0\r\n"} {
		if !strings.Contains(one, must) {
			t.Errorf("the meeting in Tokyo lacks %q:\n%s", must, one)
		}
	}
	unfolded := strings.ReplaceAll(one, "\r\n ", "")
	if !strings.Contains(unfolded, "URL:http://example.com/ja/meetings/qscg-2023-12\r\n") || !strings.Contains(s.get("/meetings/qscg-2023-12.ics"), "LOCATION;LANGUAGE=en:Tokyo\\, Japan\r\n") {
		t.Errorf("no address or no place:\n%s", unfolded)
	}
	for _, address := range []string{"/meetings.ics?forum=qls", "/meetings.ics?country=JP&topic=critical-infrastructure", "/topics/critical-infrastructure.ics", "/countries/JP.ics"} {
		c := parseCalendar(t, address, s.get(address))
		list := strings.Replace(address, ".ics", ".json", 1)
		list = strings.NewReplacer("/topics/critical-infrastructure.json", "/meetings.json?topic=critical-infrastructure", "/countries/JP.json", "/meetings.json?country=JP").Replace(list)
		if want := items(t, s.get(list), "ref"); len(c.Events()) != len(want) || len(want) == 0 {
			t.Errorf("%s: %d events; the list has %d meetings", address, len(c.Events()), len(want))
		}
	}
	if english := s.get("/meetings.ics"); s.get("/meetings.ics", "Accept-Language", "ja") != english || strings.Contains(english, "東京") {
		t.Error("a calendar without a language in its address is not English for everybody")
	}
}

// TestDueDatesAreTodos builds an initiative for each status and precision of a due date.
func TestDueDatesAreTodos(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	due := []string{"2027-03-09", "2027-02", "2027-Q1", "2027"}
	last := []string{"20270309", "20270228", "20270331", "20271231"}
	err := st.Write(context.Background(), models.Program, store.Change{Action: "import", Object: "test", Needs: models.PermitImport}, func(tx *store.Tx) error {
		for n, status := range models.Statuses {
			on, err := models.ParseDate(due[n%len(due)])
			if err != nil {
				return err
			}
			i := models.InitiativeRecord{Initiative: models.Initiative{Ref: fmt.Sprintf("DUE-%d", n), Title: models.Text{EN: "A title, long; enough " + strings.Repeat("to be folded ", 9), JA: "期限のある取組" + strings.Repeat("長い題名", 9)},
				Topic: "critical-infrastructure", Kind: "commitment", BeginsOn: models.NewDate(2023, 12, 6), Trackable: true, DueOn: on, Confidence: models.Verified, Parts: []models.Part{{Country: "JP", Role: "lead"}}}}
			if err := tx.AddInitiative(i); err != nil {
				return err
			}
			u := models.Update{Initiative: i.Ref, Status: status, EffectiveOn: models.NewDate(2025, 3, 1), Mark: models.Changed, ReasonKind: "event", Note: models.Text{EN: "Said."}, Confidence: models.Verified}
			if _, err := tx.AddUpdate(u); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, st)
	states := map[models.Status]string{models.Delivered: "COMPLETED", models.PartlyDelivered: "IN-PROCESS", models.UnderWay: "IN-PROCESS", models.Announced: "NEEDS-ACTION",
		models.NoPublicAction: "NEEDS-ACTION", models.Stalled: "IN-PROCESS", models.Dropped: "CANCELLED", models.NotAssessed: "NEEDS-ACTION"}
	for _, address := range []string{"/meetings.ics", "/countries/JP.ics", "/ja/topics/critical-infrastructure.ics"} {
		body := s.get(address)
		todos := parseCalendar(t, address, body).Todos()
		if len(todos) != len(models.Statuses) {
			t.Errorf("%s: %d todos; want %d", address, len(todos), len(models.Statuses))
		}
		for _, todo := range todos {
			var n int
			if _, err := fmt.Sscanf(todo.Id(), "initiative-DUE-%d@", &n); err != nil {
				t.Fatal(err)
			}
			if got := todo.GetProperty(ics.ComponentPropertyStatus).Value; got != states[models.Statuses[n]] {
				t.Errorf("%s: %s is %s; want %s", address, models.Statuses[n], got, states[models.Statuses[n]])
			}
			if got := todo.GetProperty(ics.ComponentPropertyDue).Value; got != last[n%len(last)] {
				t.Errorf("%s: due %s; want the last day of %s", address, got, due[n%len(due)])
			}
			if got := todo.GetProperty(ics.ComponentPropertySequence).Value; got != "1" {
				t.Errorf("%s: sequence %s after one judgement", address, got)
			}
			description := todo.GetProperty(ics.ComponentPropertyDescription).Value
			if unknown := strings.Contains(description, "not known") || strings.Contains(description, "不明"); unknown != (n%len(due) > 0) {
				t.Errorf("%s: due %s is described as %q", address, due[n%len(due)], description)
			}
		}
	}
	if n := len(parseCalendar(t, "AU", s.get("/countries/AU.ics")).Todos()); n != 0 {
		t.Errorf("Australia has %d todos of Japan", n)
	}
}
