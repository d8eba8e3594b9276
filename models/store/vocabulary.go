package store

import (
	"maps"
	"slices"
	"sync"

	"github.com/followthrough/followthrough/models"
)

// vocabulary holds the small tables that filters, labels and times refer to, as of one data version.
type vocabulary struct {
	version   int64
	forums    []forumWord
	countries []word
	topics    []topicWord
	delegates []word
	meetings  []meetingWord // in the order they were held
	removed   []string      // tables that hold removed rows

	numbers  numbers
	inTree   []topicWord // the topics, each after the one above it
	topicsUp [][]int     // of above

	mu          sync.Mutex
	times       map[asked]resolved
	latestFirst []models.MeetingBrief // of heldBy
}

// numbers are the places of words in their lists, by id or code.
type numbers struct {
	topics, meetings, forums, delegates map[int64]int
	countries                           map[string]int
	refs                                map[string]int // of meetings
}

type word struct {
	ID   int64
	Slug string
	models.Text
}

type forumWord = word

type topicWord struct {
	word
	Parent int64
	Depth  int
}

// tree returns the topics, each after the one above it.
func (v *vocabulary) tree() []topicWord { return v.inTree }

// above lists the numbers of a topic, by its number, and of those above it.
func (v *vocabulary) above(topic int) []int {
	if topic < 0 {
		return nil
	}
	return v.topicsUp[topic]
}

// number counts the words through, so that what is asked of many lines is found in lists.
func (v *vocabulary) number() {
	v.numbers = numbers{places(v.topics, topicWord.id), places(v.meetings, meetingWord.id), places(v.forums, word.id), places(v.delegates, word.id),
		places(v.countries, word.slug), places(v.meetings, meetingWord.slug)}
	v.topicsUp = make([][]int, len(v.topics))
	var walk func(parent int64, above []int)
	walk = func(parent int64, above []int) {
		for n, t := range v.topics {
			if t.Parent == parent {
				t.Depth = len(above)
				v.inTree = append(v.inTree, t)
				v.topicsUp[n] = append([]int{n}, above...)
				walk(t.ID, v.topicsUp[n])
			}
		}
	}
	walk(0, nil)
}

// places are where words stand in a list.
func places[T any, K comparable](list []T, of func(T) K) map[K]int {
	all := make(map[K]int, len(list))
	for n, w := range list {
		all[of(w)] = n
	}
	return all
}

type meetingWord struct {
	word    // Slug is the ref, Text the city
	Forum   int64
	Starts  models.Date
	Ends    models.Date
	ForumOf forumWord
}

// vocabulary reads the small tables once for each data version; a view of what was known earlier reads its own.
func (s *Store) vocabulary(view *view, version int64) (*vocabulary, error) {
	if view.known != "" {
		return readVocabulary(view, version)
	}
	s.wordsMu.Lock()
	defer s.wordsMu.Unlock()
	if s.words != nil && s.words.version == version {
		return s.words, nil
	}
	if s.words != nil && s.words.version < version {
		_, alone, err := view.changedSince(s.words.version)
		if err != nil {
			return nil, err
		}
		if alone { // initiatives are no part of it
			s.words.version = version
			return s.words, nil
		}
	}
	v, err := readVocabulary(view, version)
	if err == nil {
		s.words = v
	}
	return v, err
}

func readVocabulary(view *view, version int64) (*vocabulary, error) {
	v := &vocabulary{version: version}
	all := slices.Sorted(maps.Keys(removable))
	gone := ""
	for _, table := range all {
		gone += "UNION ALL SELECT 'removed', 0, '" + table + "', '', '', 0, '', '', 0 WHERE EXISTS (SELECT 1 FROM " + view.base + table + " WHERE removed_at <> '')\n"
	}
	// One statement: the tables are small and their rows have the same shape.
	err := each("read the vocabulary", view.db.Raw(lens(view.base, view.known, all)+`
		SELECT 'forum' AS kind, id, slug, name_en AS en, name_ja AS ja, 0 AS parent, '' AS starts_on, '' AS ends_on, position AS place FROM forums
		UNION ALL SELECT 'country', 0, iso2, name_en, name_ja, 0, '', '', position FROM countries
		UNION ALL SELECT 'topic', id, slug, name_en, name_ja, COALESCE(parent_id, 0), '', '', position FROM topics
		UNION ALL SELECT 'delegate', id, slug, name_en, name_ja, 0, '', '', 0 FROM delegates
		UNION ALL SELECT 'meeting', id, ref, city_en, city_ja, forum_id, starts_on, ends_on, 0 FROM meetings
		`+gone+`ORDER BY 1, 9, 8, 3`), func(scan scanner) error {
		var kind, starts, ends string
		var w word
		var parent, place int64
		if err := scan(&kind, &w.ID, &w.Slug, &w.EN, &w.JA, &parent, &starts, &ends, &place); err != nil {
			return err
		}
		switch kind {
		case "forum":
			v.forums = append(v.forums, w)
		case "country":
			v.countries = append(v.countries, w)
		case "topic":
			v.topics = append(v.topics, topicWord{word: w, Parent: parent})
		case "delegate":
			v.delegates = append(v.delegates, w)
		case "meeting":
			m := meetingWord{word: w, Forum: parent, Starts: day(starts), Ends: day(ends)}
			v.meetings = append(v.meetings, m)
		case "removed":
			v.removed = append(v.removed, w.Slug)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range v.meetings {
		at := slices.IndexFunc(v.forums, func(f forumWord) bool { return f.ID == v.meetings[i].Forum })
		v.meetings[i].ForumOf = v.forums[at] // the lens shows the forum of every meeting that it shows
	}
	v.number()
	return v, nil
}

// day reads a stored civil day; the schema lets nothing else in.
func day(s string) models.Date {
	d, _ := models.ParseDate(s)
	return d
}

// date reads a stored civil date with its precision; the schema lets nothing else in.
func date(last, precision string) models.Date {
	d, _ := models.DateFrom(last, models.Precision(precision))
	return d
}

func find[T any](list []T, slug string, of func(T) string) (T, bool) {
	for _, w := range list {
		if of(w) == slug {
			return w, true
		}
	}
	var none T
	return none, false
}

func (w word) id() int64        { return w.ID }
func (w topicWord) id() int64   { return w.ID }
func (w meetingWord) id() int64 { return w.ID }

func (w word) slug() string        { return w.Slug }
func (w topicWord) slug() string   { return w.Slug }
func (w meetingWord) slug() string { return w.Slug }

// lookup finds the ids behind the values of one filter field and reports those it does not know.
func lookup[T interface{ slug() string }](list []T, field string, values []string, id func(T) any, bad *[]models.FieldError) []any {
	var ids []any
	for _, value := range values {
		w, ok := find(list, value, func(w T) string { return w.slug() })
		if !ok {
			*bad = append(*bad, models.Field(field, "error.unknown_value", "value", value))
			continue
		}
		ids = append(ids, id(w))
	}
	return ids
}
