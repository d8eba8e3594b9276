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
