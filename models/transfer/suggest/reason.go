package suggest

import (
	_ "embed"
	"encoding/json"
	"sync"

	"github.com/followthrough/followthrough/models"
)

//go:embed rules/reasons.json
var reasonFile []byte

var reasons = sync.OnceValues(func() (map[string]models.Text, error) {
	var all map[string]models.Text
	return all, json.Unmarshal(reasonFile, &all)
})

// Reason is why what a type of passage says cannot be tracked; empty for the types that can be.
func Reason(suggested string) models.Text {
	all, err := reasons()
	if err != nil { // the file is part of the program; a test reads it
		return models.Text{}
	}
	return all[suggested]
}
