package represent

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
)

// hostile is text that no format can hold as it is.
const hostile = "<b>&\"'</b> ]]> \x00\x07 a,b;c\\d\r\nEND:VCALENDAR\n日本 𠮷"

func TestAtomHoldsAnyText(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	f := &Feed{ID: "tag:x", Lang: "en", Title: hostile, Updated: "2026-11-23T09:30:00Z", Author: hostile, Entries: []Entry{
		{ID: "tag:y", Title: hostile, Author: hostile, Texts: []Wording{{"en", hostile}, {"ja", hostile}}, Categories: []Category{{"s", "t", hostile}}}, {ID: "tag:z", Title: "bare"}}}
	if err := WriteAtom(&b, f); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Title   string `xml:"title"`
		Entries []struct {
			Title   string   `xml:"title"`
			Summary []string `xml:"summary"`
			Content []string `xml:"content>div>p"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v:\n%s", err, b.String())
	}
	if len(got.Entries) != 2 || len(got.Entries[1].Summary) != 0 || len(got.Entries[0].Content) != 2 {
		t.Fatalf("%+v", got)
	}
	want := strings.NewReplacer("\x00", "\ufffd", "\x07", "\ufffd").Replace(hostile)
	for _, s := range append(got.Entries[0].Content, got.Title, got.Entries[0].Title, got.Entries[0].Summary[0]) {
		if s != want {
			t.Errorf("got %q; want %q", s, want)
		}
	}
}

func TestICSHoldsAnyText(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	e := CalendarEntry{UID: "u@x", Stamp: time.Date(2026, 11, 23, 18, 30, 0, 0, time.FixedZone("", 9*3600)), From: "2023-12-31", Until: "2024-01-01", Summary: hostile, Location: hostile, Description: hostile, URL: "https://example.org/", Status: "COMPLETED"}
	if err := WriteICS(&b, &Calendar{Lang: "ja", Name: hostile, Product: "p", Version: "1", Events: []CalendarEntry{e}, Todos: []CalendarEntry{e}}); err != nil {
		t.Fatal(err)
	}
	c, err := ics.ParseCalendar(strings.NewReader(b.String()))
	if err != nil || len(c.Events()) != 1 || len(c.Todos()) != 1 {
		t.Fatalf("%v:\n%s", err, b.String())
	}
	const want = `<b>&"'</b> ]]>  a,b;c\d END:VCALENDAR 日本 𠮷`
	event := c.Events()[0]
	for _, p := range []ics.ComponentProperty{ics.ComponentPropertySummary, ics.ComponentPropertyLocation, ics.ComponentPropertyDescription} {
		if got := event.GetProperty(p).Value; got != want {
			t.Errorf("%s = %q; want %q", p, got, want)
		}
	}
	for _, must := range []string{"DTSTAMP:20261123T093000Z\r\n", "DTSTART;VALUE=DATE:20231231\r\n", "DTEND;VALUE=DATE:20240101\r\n", "DUE;VALUE=DATE:20231231\r\n", "STATUS:COMPLETED\r\n"} {
		if !strings.Contains(b.String(), must) {
			t.Errorf("no %q", must)
		}
	}
	if strings.Contains(strings.ReplaceAll(b.String(), "\r\n", ""), "\n") || strings.Count(b.String(), "END:VCALENDAR\r\n") != 1 {
		t.Errorf("a line break or a line of its own came from a text:\n%q", b.String())
	}
}
