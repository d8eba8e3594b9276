package frontend

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// released is a statement with these releases, of which each is named by its language and publisher.
func released(releases ...string) models.StatementRecord {
	r := sampleStatement()
	r.Publications = nil
	for n, name := range releases {
		lang, publisher, _ := strings.Cut(name, " ")
		r.Publications = append(r.Publications, models.Publication{Statement: r.Slug, Lang: models.Lang(lang), Publisher: publisher, Title: "Title of " + publisher, URL: fmt.Sprintf("https://example.org/%s/%d", lang, n), Standing: "statement"})
	}
	return r
}

// keysOf are the keys of the releases of a statement, by title and language.
func keysOf(t *testing.T, l models.Lang, r models.StatementRecord) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, w := range CiteStatement(sampleFrame(t, l, "/statements/"+r.Slug, nil), r) {
		all[string(w.Lang)+" "+w.Title] = w.Key
	}
	return all
}

// TestKeyOfAReleaseStays cites the same releases on pages in both languages, and once more after others were added.
func TestKeyOfAReleaseStays(t *testing.T) {
	t.Parallel()
	few := []string{"en The White House", "ja 外務省", "en Department of Home Affairs"}
	want := keysOf(t, models.English, released(few...))
	if got := want["en Title of The White House"]; got != "followthrough-s-en-the-white-house" {
		t.Errorf("key %q; want the language and the publisher in it", got)
	}
	for name, got := range map[string]map[string]string{
		"on the Japanese page":  keysOf(t, models.Japanese, released(few...)),
		"after others":          keysOf(t, models.English, released(append([]string{"en A new publisher", "ja 内閣官房"}, few...)...)),
		"after one of its own":  keysOf(t, models.English, released(append(slices.Clone(few), "fr The White House")...)),
		"in another order":      keysOf(t, models.English, released(few[2], few[1], few[0])),
		"on the Japanese, more": keysOf(t, models.Japanese, released(append([]string{"ja 内閣官房"}, few...)...)),
	} {
		seen := map[string]bool{}
		for title, key := range got {
			if want[title] != "" && key != want[title] {
				t.Errorf("%s: %s has the key %s; it was %s", name, title, key, want[title])
			}
			if seen[key] {
				t.Errorf("%s: %s stands for two releases", name, key)
			}
			seen[key] = true
		}
	}
	twice := released("en The White House", "en The White House")
	twice.Publications[1].Title = "Another title"
	if got := keysOf(t, models.English, twice); got["en Title of The White House"] != want["en Title of The White House"] || got["en Another title"] == want["en Title of The White House"] {
		t.Errorf("a second release of a publisher: %v; want the first to keep its key", got)
	}
}

// TestHashOfAReleaseIsOfItsLanguage compares the hash beside each release with the words in its language.
func TestHashOfAReleaseIsOfItsLanguage(t *testing.T) {
	t.Parallel()
	r := released("en The White House", "ja 外務省")
	for _, w := range CiteStatement(sampleFrame(t, models.English, "/statements/s", nil), r) {
		want := fmt.Sprintf("%x", sha256.Sum256([]byte(r.Wording(w.Lang))))
		if note := strings.Join(w.Notes, " "); !strings.Contains(note, want) || !strings.Contains(note, "text="+string(w.Lang)) {
			t.Errorf("%s: %s; want the hash of its own words, %s", w.Lang, note, want)
		}
	}
}

// TestCitationOfRetractedEvidenceSaysWhy reads the notes of one that was retracted.
func TestCitationOfRetractedEvidenceSaysWhy(t *testing.T) {
	t.Parallel()
	e := models.Evidence{Ref: "e", Title: "T", Publisher: "P", URL: "https://example.org/a", RetractedAt: "2026-01-01T00:00:00.000000Z", RetractedBy: "A. Rao", Retraction: models.Text{EN: "Withdrawn by its publisher.", JA: "発行者が撤回した。"}}
	for l, want := range map[models.Lang]string{models.English: "by A. Rao: Withdrawn by its publisher.", models.Japanese: "A. Raoが撤回：発行者が撤回した。"} {
		w := CiteEvidence(sampleFrame(t, l, "/evidence/e", nil), e)
		if last := w.Notes[len(w.Notes)-1]; !strings.HasSuffix(last, want) {
			t.Errorf("%s: %q; want it to end in %q", l, last, want)
		}
	}
}
