package models

// Viewer is somebody who has a page open, and since when.
type Viewer struct {
	Name  string `json:"name"`
	Since string `json:"since"`
}
