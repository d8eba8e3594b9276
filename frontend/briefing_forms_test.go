package frontend

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// markdownOf writes a sample briefing after a change of what it says.
func markdownOf(t *testing.T, change func(b *models.Briefing)) string {
	t.Helper()
	r := sampleBriefing("en", false)
	change(&r.Item)
	return NewSheet(catalogue(t), r, func(path string) string { return path }).Markdown()
}

// TestMarkdownKeepsItsLines has line breaks and signs of tables in words that stand in a list or in a table.
func TestMarkdownKeepsItsLines(t *testing.T) {
	t.Parallel()
	breaks := "One\n- two\r\n3. three\r+ four | five"
	text := markdownOf(t, func(b *models.Briefing) {
		for i := range b.Evidence {
			b.Evidence[i].Title, b.Evidence[i].Publisher = breaks, breaks
		}
		for i := range b.Initiatives {
			b.Initiatives[i].Title = models.Text{EN: breaks}
			b.Initiatives[i].Note = models.Text{EN: breaks}
		}
	})
	if strings.Contains(text, "\r") {
		t.Error("a carriage return is left, which ends a line")
	}
	sources := regexp.MustCompile(`(?m)^\d+\. One.*$`).FindAllString(text, -1)
	if len(sources) == 0 {
		t.Fatal("no list of evidence")
	}
	for _, line := range sources {
		if strings.Count(line, "five") != 2 || strings.Contains(line, "<br>") {
			t.Errorf("evidence %q; want title and publisher on its line", line)
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "- two") || strings.HasPrefix(line, "3. three") || strings.HasPrefix(line, "+ four") {
			t.Errorf("%q became an item of a list", line)
		}
		if strings.HasPrefix(line, "| **One") && (!strings.HasSuffix(line, "|") || !strings.Contains(line, `four \| five`) || !strings.Contains(line, `One<br>\- two<br>3\. three<br>\+ four`)) {
			t.Errorf("row %q; want it on one line, with its breaks as <br> and its strokes escaped", line)
		}
	}
	if !strings.Contains(text, "\n| **One") {
		t.Error("no table")
	}
}

// TestFirstSentenceCountsInitiatives has every initiative overdue, one of which is stalled and one without public action.
func TestFirstSentenceCountsInitiatives(t *testing.T) {
	t.Parallel()
	if text := markdownOf(t, func(*models.Briefing) {}); !strings.Contains(text, " 8 need attention: ") {
		t.Errorf("%.1400s; want 8 need attention, each once", text)
	}
}

// TestAgainIsOfThePresent follows the link that makes a briefing like a frozen one.
func TestAgainIsOfThePresent(t *testing.T) {
	t.Parallel()
	o := models.BriefingOptions{For: "f", Lang: "ja", Include: []string{"topics"}, Topic: []string{"a", "b"}, Status: []models.Status{models.Stalled}, Paper: models.PaperLetter, GreySafe: true, AsOf: "2023-12-06", VS: "none", KnownAt: "2024-01-01"}
	got, err := url.Parse(again(sampleFrame(t, models.English, "/briefings/7", nil), o))
	if err != nil {
		t.Fatal(err)
	}
	want := "for=f&grey_safe=1&include=topics&lang=ja&paper=letter&status=stalled&topic=a&topic=b"
	if got.Path != "/en/briefings/new" || got.Query().Encode() != want {
		t.Errorf("%s?%s; want every choice but the time: %s", got.Path, got.Query().Encode(), want)
	}
}
