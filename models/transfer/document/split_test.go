package document

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

func utf16Of(text string) []uint16 { return utf16.Encode([]rune(text)) }

func TestEveryLineEndSplitsAlike(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\n", "\r\n", "\r", "\u2028", "\u2029"} {
		for _, c := range []struct {
			name, text string
			want       []string
		}{
			{"empty lines", "One two|three.||\u3000一段落目。||  Four. |\t||", []string{"One two" + end + "three.", "\u3000一段落目。", "Four."}},
			{"single lines", "One.|二。|Three.|", []string{"One.", "二。", "Three."}},
			{"an empty line at the end parts nothing", "One.|Two.|||", []string{"One.", "Two."}},
			{"blank lines", "One.|\u3000|Two.", []string{"One.", "Two."}},
			{"one", "One.", []string{"One."}},
		} {
			text := strings.ReplaceAll(c.text, "|", end)
			var got []string
			for _, b := range paragraphs(text, false) {
				got = append(got, b.text)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s with %q: %s", c.name, end, diff)
			}
		}
	}
}

func TestMarksOfMarkdownStayOutOfParagraphs(t *testing.T) {
	t.Parallel()
	text := "Joint Statement\n===============\n\n## One #\nText of *one*.\nMore.\n\n> > quoted\n> text\n\n- item\n* other\n  goes on\n1. first\n12) twelfth\n\n---\n\n# # \n\n#hashtag stays\n\n**Bold** stays.\n\nTwo\n---\nEnd"
	want := []string{"Joint Statement", "One", "Text of *one*.\nMore.", "quoted\n> text", "item", "other\n  goes on", "first", "twelfth", "# #", "#hashtag stays", "**Bold** stays.", "Two", "End"}
	var got []string
	for _, b := range paragraphs(text, true) {
		if got = append(got, b.text); text[b.at.From:b.at.To] != b.text {
			t.Errorf("%q is not at %v", b.text, b.at)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// randomText is made of what texts are made of, and of what they should not be made of and yet may be.
func randomText(r *rand.Rand) string {
	bits := []string{"a", "We", " ", "\u3000", "\t", "\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "。", "我々", "é", "e\u0301", "😀", "👩\u200d👧", "\u202e", "\u200b", "\ue000", "葛\U000e0100", "|", " | ", "# ", "> ", "- ", "***", "<b>", "&amp;", "\uFFFD", "ｶﾞ", "한", "שלום", "\u00a0", "1. ", "---"}
	var b strings.Builder
	for range r.IntN(60) {
		if r.IntN(8) > 0 {
			b.WriteString(bits[r.IntN(len(bits))])
			continue
		}
		if c := rune(r.IntN(0x110000)); c > 0xa0 && c&0xfffe != 0xfffe && (c < 0xfdd0 || c > 0xfdef) && (c < 0xd800 || c > 0xdfff) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// TestTextIsKeptByteForByte: what lies between and in the spans is the body, the body is what was supplied, and of
// plain text nothing that can be seen lies between.
func TestTextIsKeptByteForByte(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 2023))
	read := 0
	for range 2000 {
		text := randomText(r)
		for _, name := range []string{"a.txt", "a.md"} {
			got, err := Read([]File{{Name: name, Lang: "en", Data: []byte(text)}})
			if err != nil {
				if _, key, _ := refused(t, File{Name: name, Lang: "en", Data: []byte(text)}); key != "error.text_empty" {
					t.Fatalf("%q: %v", text, err)
				}
				continue
			}
			read++
			if len(got.Texts) != 1 { // two languages side by side
				continue
			}
			checkPlaces(t, got.Texts[0])
			whole, between := together(got.Texts[0])
			if got.Texts[0].Body != text || whole != text {
				t.Fatalf("got %q, want %q", whole, text)
			}
			if name == "a.txt" && !blank(strings.NewReplacer("\n", "", "\r", "", "\u2028", "", "\u2029", "").Replace(between)) {
				t.Fatalf("%q: %q lies outside of all paragraphs", text, between)
			}
			if name == "a.txt" && slices.ContainsFunc(got.Texts[0].Pieces, func(p Piece) bool { return strings.Trim(p.Of(text), " \t\r\n") != p.Of(text) }) {
				t.Fatalf("%q: a span holds a line end at its end", text)
			}
		}
	}
	if read < 3000 {
		t.Errorf("only %d of 4000 texts were read", read)
	}
}

func together(t Text) (whole, between string) {
	at := 0
	for _, p := range t.Pieces {
		whole += t.Body[at:p.From] + p.Of(t.Body)
		between += t.Body[at:p.From]
		at = p.To
	}
	return whole + t.Body[at:], between + t.Body[at:]
}
