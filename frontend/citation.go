package frontend

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Work is something that a page lets others cite: the page itself, or a text that somebody else issued and that this
// record only keeps.
type Work struct {
	Key       string // names it in a file of citations
	Table     bool
	Title     string
	Lang      models.Lang // of the title
	Author    string      // an organisation
	Container string      // the collection that a page belongs to
	Genre     string      // what its publisher calls it
	Issued    models.Date
	URL       string
	Accessed  models.Date
	Source    string // where it was read, when somebody else issued it
	Version   string // of the data
	Notes     []string
	Plain     string // the citation as a sentence
}

// CitePage cites this page: what it says is dated by the day as of which it speaks, and its address leads to that day.
func CitePage(f Frame, title string) Work { return citeAt(f, title, f.Lang, f.citedAddress()) }

// CiteTable cites this page as a table of data.
func CiteTable(f Frame, title string) Work {
	w := CitePage(f, title)
	w.Table = true
	return w
}

// CiteRecord cites this page under the title of its record.
func CiteRecord(f Frame, title models.Text) Work {
	words, lang := title.In(f.Lang)
	return citeAt(f, words, lang, f.citedAddress())
}

// CiteCommitment cites a commitment by its code and its words.
func CiteCommitment(f Frame, c models.Commitment) Work {
	words := models.Text{EN: c.Words[models.English].Exact, JA: c.Words[models.Japanese].Exact}
	exact, lang := words.In(f.Lang)
	w := citeAt(f, strings.TrimSuffix(c.Code+": "+exact, ": "), lang, f.citedPlace("/commitments/"+c.Code))
	w.Key = citeKey("/commitments/"+c.Code, f)
	for _, l := range models.Langs {
		if m, ok := c.Words[l]; ok {
			w.Notes = append(w.Notes, f.T("cite.hash_paragraph", "paragraph", paragraphNumber(c.Paragraph), "lang", languageName(l), "hash", hashOf(m.Prefix+m.Exact+m.Suffix)))
		}
	}
	return w
}

// CiteUpdate cites one judgement at its place in the history of its initiative. Its day is the one on which it was
// recorded, in UTC; a view of the past does not know it, and has the day as of which it speaks.
func CiteUpdate(f Frame, initiative models.Text, u models.Update) Work {
	name, lang := initiative.In(f.Lang)
	about := []any{"title", name, "ref", u.Initiative, "status", f.T("status." + string(u.Status)), "day", f.Date(u.EffectiveOn)}
	title := f.T("cite.update", about...)
	if u.Country != "" {
		title = f.T("cite.update_part", append(about, "country", u.Country)...)
	}
	w := citeAt(f, title, lang, fmt.Sprintf("%s#update-%d", f.citedPlace("/initiatives/"+u.Initiative), u.ID))
	w.Key = citeKey("update-"+strconv.FormatInt(u.ID, 10), f)
	day, _, _ := strings.Cut(u.RecordedAt, "T")
	if d, err := models.ParseDate(day); err == nil && !d.IsZero() {
		w.Issued = d
	}
	return w
}

// CiteStatement cites a statement as those who issued it published it, each release under its own publisher, title and
// date, with this record as the place where it was read. A statement without a release is cited as a page.
func CiteStatement(f Frame, r models.StatementRecord) []Work {
	releases := slices.DeleteFunc(slices.Clone(r.Publications), func(p models.Publication) bool { return p.Statement != r.Slug })
	keys := releaseKeys(r.Slug, releases)
	slices.SortStableFunc(releases, func(a, b models.Publication) int { return cmp.Compare(f.foreign(a.Lang), f.foreign(b.Lang)) })
	var all []Work
	for _, p := range releases {
		w := citeText(f, Work{Title: p.Title, Lang: p.Lang, Author: p.Publisher, Genre: f.T("standing." + p.Standing), Issued: p.PublishedOn, URL: p.URL})
		w.Key = citeKey(keys[releaseID(p)], f)
		if words := r.Wording(p.Lang); strings.TrimSpace(words) != "" {
			w.Notes = append(w.Notes, f.T("cite.hash_wording", "edition", r.Edition, "url", f.Origin+f.As("txt", "text", string(p.Lang)), "hash", hashOf(words)))
		}
		all = append(all, w)
	}
	if len(all) == 0 {
		return []Work{CiteRecord(f, r.Title)}
	}
	return all
}

// releaseKeys name the releases of a statement after what does not change when another one is added or the page is in
// another language: the language and the publisher, in letters of ASCII or else as a hash. A further release of the same
// publisher in the same language has a hash of its address and title behind that.
func releaseKeys(slug string, releases []models.Publication) map[string]string {
	keys, taken := map[string]string{}, map[string]bool{}
	for _, p := range releases {
		name := strings.ToLower(strings.Trim(notInKeys.ReplaceAllString(p.Publisher, "-"), "-"))
		if name == "" {
			name = shortSum(p.Publisher)
		}
		key := slug + "-" + string(p.Lang) + "-" + name
		if taken[key] {
			key += "-" + shortSum(releaseID(p))
		}
		keys[releaseID(p)], taken[key] = key, true
	}
	return keys
}

// releaseID tells the releases of a statement apart.
func releaseID(p models.Publication) string {
	return strings.Join([]string{string(p.Lang), p.Publisher, p.URL, p.Title, p.PublishedOn.String(), p.Standing}, "\n")
}

// CiteEvidence cites a piece of evidence as its publisher issued it.
func CiteEvidence(f Frame, e models.Evidence) Work {
	w := Work{Title: e.Title, Lang: models.Lang(titleLang(e)), Author: e.Publisher, Issued: e.PublishedOn, URL: e.URL, Accessed: e.AccessedOn}
	w = citeText(f, w)
	if e.RetractedAt != "" {
		w.Notes = append(w.Notes, f.T("cite.retracted", "at", f.Moment(e.RetractedAt), "name", e.RetractedBy, "reason", f.Plain(e.Retraction)))
	}
	return w
}

// CiteBriefing cites a frozen briefing by the day of its freezing and the hash of its file. Its address is that of the
// bytes, whatever language they are in.
func CiteBriefing(f Frame, b models.FrozenBriefing, today models.Date) Work {
	frozen, _, _ := strings.Cut(b.FrozenAt, "T")
	on, _ := models.ParseDate(frozen) // the store writes every instant alike
	file, _ := b.File("html")
	title, lang := b.Heading.In(f.Lang)
	if b.Options.Title != "" {
		title, lang = b.Options.Title, f.Lang
	}
	w := Work{Key: fmt.Sprintf("followthrough-briefings-%d", b.ID), Title: title, Lang: lang, Author: f.T("cite.author"), Container: "Followthrough", Genre: f.T("briefing.one"), Issued: on,
		URL: fmt.Sprintf("%s/briefings/%d", f.Origin, b.ID), Accessed: today, Version: strconv.FormatInt(b.DataVersion, 10)}
	said := []any{"at", f.Date(spokenOf(b)), "data", b.DataVersion, "hash", file.SHA256}
	w.Notes = []string{f.T("cite.as_of", said...), f.T("cite.hash_briefing", said...)}
	w.Plain = f.T("cite.briefing", append(said, "author", w.Author, "title", title, "issued", f.Date(on), "url", w.URL, "today", f.Date(today))...)
	return w
}

// citeAt cites an address of this record.
func citeAt(f Frame, title string, lang models.Lang, address string) Work {
	w := Work{Key: citeKey(f.Path, f), Title: title, Lang: lang, Author: f.T("cite.author"), Container: "Followthrough: " + f.Plain(f.Forum), Issued: f.citedOn(), URL: address, Accessed: f.At.Today, Version: strconv.FormatInt(f.Data, 10)}
	w.Notes = f.citedTime()
	w.Plain = f.T("tools.citation", "author", w.Author, "title", w.Title, "forum", f.Plain(f.Forum), "at", f.citedDay(), "data", f.Data, "url", w.URL, "today", f.Date(f.At.Today))
	return w
}

// citeText completes the citation of a text that somebody else issued.
func citeText(f Frame, w Work) Work {
	own := f.citedAddress()
	w.Key, w.Notes = citeKey(f.Path, f), f.citedTime() // the version of the data is none of the text
	w.Source = f.T("cite.via", "url", own, "today", f.Date(f.At.Today))
	issued := f.T("date.undated")
	if !w.Issued.IsZero() {
		issued = f.Date(w.Issued)
	}
	w.Plain = f.T("cite.text", "author", w.Author, "title", w.Title, "issued", issued, "url", w.URL, "own", own, "at", f.citedDay(), "data", f.Data, "today", f.Date(f.At.Today))
	if w.URL == "" { // nobody found its own address
		w.URL, w.Accessed = own, f.At.Today
		w.Plain = f.T("cite.text_here", "author", w.Author, "title", w.Title, "issued", issued, "own", own, "at", f.citedDay(), "data", f.Data, "today", f.Date(f.At.Today))
	}
	return w
}

// citedAddress is the whole address of this page at the time of the view. A citation is of the whole list and not of one
// page of it, and every address of the overview is one.
func (f Frame) citedAddress() string {
	q := f.query()
	q.Del("after")
	path := f.Path
	if path == "/overview" {
		path = "/"
	}
	return f.pinned(path, q)
}

// citedPlace is the whole address of another page at the time of the view.
func (f Frame) citedPlace(path string) string {
	q := url.Values{}
	for _, pair := range f.Times() {
		q.Set(pair[0], pair[1])
	}
	return f.pinned(path, q)
}

// pinned puts the time of the view into an address, so that it leads to the same words when the present is another: as of
// the day of the view, with what had been recorded by then.
func (f Frame) pinned(path string, q url.Values) string {
	if f.At != nil { // what was frozen is the same at every time
		for name, day := range map[string]models.Date{"as_of": f.citedOn(), "known_at": f.At.Today} {
			if q.Get(name) == "" {
				q.Set(name, day.Last())
			}
		}
	}
	return f.Origin + address("/"+string(f.Lang)+path, q)
}

// citedOn is the day as of which the page speaks.
func (f Frame) citedOn() models.Date {
	if f.At.Past() {
		return f.At.AsOf
	}
	return f.At.Today
}

// citedDay is that day in words.
func (f Frame) citedDay() string { return f.Date(f.citedOn()) }

// Narrowed is the title of a list with what it is narrowed to.
func Narrowed(f Frame, title string, known map[string][]models.Facet) string {
	var only []string
	for _, name := range append([]string{"kind"}, facetNames()...) {
		for _, v := range known[name] {
			if slices.Contains(f.Query[name], v.Value) {
				only = append(only, f.T("cite.narrowed_by", "facet", f.T("facet."+name), "value", f.Plain(v.Label)))
			}
		}
	}
	if q := f.Query.Get("q"); q != "" {
		only = append(only, f.T("filter.words_are", "words", q))
	}
	if len(only) == 0 {
		return title
	}
	return f.T("cite.narrowed", "title", title, "names", f.List(only))
}

// citedTime says in words which time the page shows.
func (f Frame) citedTime() []string {
	all := []string{f.T("cite.as_of", "at", f.citedDay(), "data", f.Data)}
	if f.At.KnownAt != "" {
		all = append(all, f.T("time.known", "instant", f.known()))
	}
	return all
}

// foreign is 0 for the language of the page and 1 for every other, to sort by.
func (f Frame) foreign(l models.Lang) int {
	if l == f.Lang {
		return 0
	}
	return 1
}

// works are what the page cites: what its route says, else the page itself.
func (f Frame) works(title string) []Work {
	if len(f.Works) > 0 {
		return f.Works
	}
	return []Work{CitePage(f, title)}
}

// CitedAs returns the address of the citation of another record, in a format, at the time of the view.
func (f Frame) CitedAs(path, format string) string {
	there := f
	there.Path, there.Query = path, nil
	if q := f.Query; f.At != nil {
		there.Query = map[string][]string{}
		for _, name := range timeParameters {
			if v := q.Get(name); v != "" {
				there.Query.Set(name, v)
			}
		}
	}
	return there.As(format)
}

// citationNames are the names of the formats of citations, by their suffixes, as people know them.
var citationNames = []struct{ Suffix, Name, Media string }{
	{"bib", "BibTeX", "application/x-bibtex"}, {"ris", "RIS", "application/x-research-info-systems"}, {"csl.json", "CSL JSON", "application/vnd.citationstyles.csl+json"},
}

var notInKeys = regexp.MustCompile(`[^A-Za-z0-9]+`)

// citeKey makes the key of a work of its path. What is filtered or of another time has another key, so that several can
// stand in one file.
func citeKey(path string, f Frame) string {
	key := "followthrough-" + strings.Trim(notInKeys.ReplaceAllString(path, "-"), "-")
	if key == "followthrough-" {
		key += "overview"
	}
	if f.At.Past() {
		key += "-" + f.At.AsOf.Last()
	}
	q := f.query()
	for _, name := range []string{"as_of", "after", "text"} {
		q.Del(name)
	}
	if len(q) > 0 {
		key += "-" + shortSum(q.Encode())
	}
	return key
}

// shortSum is a short hash for keys.
func shortSum(s string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // a hash takes everything
	return fmt.Sprintf("%08x", h.Sum32())
}

func hashOf(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

// highwire writes a date as the citation_ tags have it, to the day, the month or the year.
func highwire(d models.Date) string {
	if p := d.Precision(); p == models.PrecisionQuarter || p == models.PrecisionYear {
		return strconv.Itoa(d.Year())
	}
	return strings.ReplaceAll(d.String(), "-", "/")
}

// sayings cuts the sentence of a citation at its title, which may be in another language than the page.
func (w Work) sayings() (before, after string) {
	before, after, _ = strings.Cut(w.Plain, w.Title)
	return before, after
}

// publisher is the collection that a page belongs to, and of a text whoever issued it.
func (w Work) publisher() string {
	if w.Container == "" {
		return w.Author
	}
	return w.Container
}
