package handlers_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestEmptyRecordAnswersEverywhere asks every route in every format before anything was recorded: of a record that
// holds nothing, and of a full one as it was known then. Lists are empty, records are not found, and a time that
// nobody knows is refused as ever.
func TestEmptyRecordAnswersEverywhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, empty *store.Store) { askEverything(t, newSite(t, empty), "") })
	t.Run("known before", func(t *testing.T) { askEverything(t, quadSite(t), "known_at=2024-01-01") })
}

// askEverything asks for each route in each format with each of these parameters that it takes.
func askEverything(t *testing.T, s site, always string) {
	t.Helper()
	for _, r := range publicRoutes() {
		if !takes(r, always) {
			continue
		}
		for _, more := range []string{"", "as_of=2023-06-30", "as_of=soon", "vs=soon", "sort=topic", "by=countries", "q=cyber"} {
			if !takes(r, more) {
				continue
			}
			for _, f := range r.Formats {
				want := http.StatusOK
				address := sample(r) + "." + f.Name
				switch {
				case f == represent.HTML:
					address = "/" + string(models.English) + sample(r)
				case strings.HasSuffix(more, "=soon"):
					want = http.StatusBadRequest
				}
				if strings.Contains(r.Pattern, ":ref") && want == http.StatusOK {
					want = http.StatusNotFound
				}
				address += "?" + strings.Trim(always+"&"+more, "&")
				if answer := s.do("GET", address, "Accept", "*/*"); answer.StatusCode != want {
					t.Errorf("%s: %d %.300q; want %d", address, answer.StatusCode, read(t, answer), want)
				}
			}
		}
	}
}

// takes reports whether a route has the parameter of a piece of a query; the empty piece has none.
func takes(r handlers.Route, piece string) bool {
	name, _, some := strings.Cut(piece, "=")
	return !some || slices.ContainsFunc(fields(reflect.TypeOf(r.Input)), func(tag reflect.StructTag) bool { return tag.Get("query") == name })
}
