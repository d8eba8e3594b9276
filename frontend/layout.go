package frontend

var mediaTypes = map[string]string{"json": "application/json", "csv": "text/csv"}

// sections is the navigation, in its order.
var sections = []struct{ section, path, key string }{
	{"", "/", "nav.overview"},
	{"topics", "/topics", "nav.topics"},
	{"initiatives", "/initiatives", "nav.initiatives"},
}

// citation is the plain text that cites the page as it is.
func citation(f Frame) string {
	at := f.T("time.latest")
	if f.At.Past() {
		at = f.Date(f.At.AsOf)
	}
	return f.T("tools.citation", "forum", f.Plain(f.Forum), "at", at, "data", f.Data, "url", f.Permanent(), "today", f.Date(f.At.Today))
}

// timeBarFields are the parameters that the bar under the header sets.
func timeBarFields(f Frame) []string {
	if f.PicksForum() {
		return []string{"as_of", "vs", "forum"}
	}
	return []string{"as_of", "vs"}
}

// Starts lists the pages to start from when a reader is lost.
func (f Frame) Starts() []LeadPart {
	var all []LeadPart
	for _, s := range sections {
		all = append(all, LeadPart{Text: f.T(s.key), URL: f.To(s.path)})
	}
	return all
}
