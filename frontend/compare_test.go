package frontend

import (
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestCopiedWordsAreTheWords reads one side of a comparison as the text that a reader copies: signs and what is said
// aside are not part of it.
func TestCopiedWordsAreTheWords(t *testing.T) {
	t.Parallel()
	all := []models.DiffPiece{{Op: models.OpSame, Text: "We <b>&"}, {Op: models.OpRemoved, Text: "commit"}, {Op: models.OpAdded, Text: "intend"}, {Op: models.OpSame, Text: " \u2066to\u200d act."}}
	p := Compare{Frame: sampleFrame(t, models.English, "/compare", nil)}
	for without, want := range map[string]string{
		models.OpAdded:   `We &lt;b&gt;&amp;<del>commit</del> <span class="unseen">U+2066</span>to` + "\u200d act.",
		models.OpRemoved: `We &lt;b&gt;&amp;<ins>intend</ins> <span class="unseen">U+2066</span>to` + "\u200d act.",
	} {
		got := body(t, differing(p, all, without))
		for _, said := range []string{"compare.removal", "compare.addition", "compare.piece_ends"} {
			got = strings.ReplaceAll(got, aside(p.T(said), models.English), "")
		}
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestCharactersThatCannotBeSeenAreNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		changed bool
		want    string
	}{
		{" ", true, "␣"}, {" ", false, ""}, {"\u3000", true, "U+3000"}, {"\r\n", true, "CR LF"}, {"a b", true, ""}, {"\u202ea", false, "U+202E"}, {"\ufeff\u200b", false, "U+FEFF U+200B"},
		{"\U000e0041", false, "U+E0041"}, {"\ue000", true, "U+E000"}, {"👨\u200d👩", true, ""}, {"葛\U000e0100", true, ""}, {"\x01", false, "U+0001"}, {"\t", true, "TAB"},
	} {
		var got []string
		for _, part := range strings.Split(shown(c.text, c.changed), `<span class="unseen">`)[1:] {
			name, _, _ := strings.Cut(part, "<")
			got = append(got, name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q, changed %v: got %v, want %s", c.text, c.changed, got, c.want)
		}
	}
}
