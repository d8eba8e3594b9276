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

func TestAnotherDayKeepsTheInstantOfRecording(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for asked, want := range map[string]string{"2026-11-23T12:00:00Z": `type="text" name="known_at" value="2026-11-23T12:00:00Z"`, "2026-11-23": `type="date" name="known_at" value="2026-11-23"`} {
		if body := s.get("/en/initiatives?known_at=" + asked); !strings.Contains(body, want) {
			t.Errorf("known_at=%s: no field %s, so that another day would also show what was recorded later", asked, want)
		}
	}
}

func TestLinksForgetParametersThatThePageDoesNotHave(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for page, unknown := range map[string]string{"/en/initiatives?utm_source=x&status=stalled": "utm_source", "/en/briefings/new?for=qscg&as_of=2023-12-06&text=ja": "text=ja", "/ja/matrix?cells=words&fbclid=1": "fbclid"} {
		if body := s.get(page); strings.Contains(body, unknown) {
			at := strings.Index(body, unknown)
			t.Errorf("%s: %s is carried on: …%s…", page, unknown, body[max(at-80, 0):at+40])
		}
	}
}
