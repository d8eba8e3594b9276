package frontend

import "github.com/followthrough/followthrough/models"

// accessibilityWritten is the day on which the statement was last held against the program. It is changed together
// with the statement and never computed.
var accessibilityWritten = models.NewDate(2026, 11, 23)
