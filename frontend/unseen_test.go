package frontend

import (
	"html"
	"regexp"
	"testing"
)

// TestReaderKeepsWhatCannotBeSeen shows hidden characters with a sign, and leaves every character where it stands.
func TestReaderKeepsWhatCannotBeSeen(t *testing.T) {
	t.Parallel()
	tags := regexp.MustCompile(`<[^>]*>`)
	for text, want := range map[string]string{
		"plain & <b>":        "plain &amp; &lt;b&gt;",
		"a\u202eb":           "a<span class=\"unseen\" data-sign=\"U+202E\">\u202e</span>b",
		"次の\u200b段落":         "次の<span class=\"unseen\" data-sign=\"U+200B\">\u200b</span>段落",
		"👨\u200d👩 and a\r\n": "👨\u200d👩 and a\r\n",
	} {
		got := kept(text)
		if got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
		if bare := html.UnescapeString(tags.ReplaceAllString(got, "")); bare != text {
			t.Errorf("%q reads %q", text, bare)
		}
	}
}
