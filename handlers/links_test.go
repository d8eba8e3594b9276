package handlers_test

import (
	"regexp"
	"strings"
	"testing"
)

// TestEmptyFieldsLeaveNoTrace submits the form of the time as it stands: no link of the page carries its empty fields
// on, else one view would have several addresses.
func TestEmptyFieldsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	body := quadSite(t).get("/en/?as_of=&forum=&vs=")
	if found := regexp.MustCompile(`href="[^"]*\?[^"]*=(&amp;|&|")[^"]*`).FindString(body); found != "" || !strings.Contains(body, `href="/en/initiatives?`) {
		t.Errorf("the page links to %s", found)
	}
}

func TestTimeFormKeepsEveryForum(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, page := range []string{"/en/matrix", "/en/"} {
		body := s.get(page + "?forum=qscg&forum=qls")
		bar := body[strings.Index(body, `class="timebar`):]
		bar = bar[:strings.Index(bar, "</form>")]
		for _, forum := range []string{"qscg", "qls"} {
			if !strings.Contains(bar, `<input type="hidden" name="forum" value="`+forum+`">`) {
				t.Errorf("%s: another time would lose the forum %s of two", page, forum)
			}
		}
		if strings.Contains(bar, `<select name="forum"`) {
			t.Errorf("%s: one forum is offered where two are chosen", page)
		}
	}
}
