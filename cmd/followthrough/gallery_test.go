package main

import (
	"os"
	"strings"
	"testing"
)

// TestGalleryNeedsNoRecord starts the gallery in an empty folder, reads pages of both languages and finds nothing left
// behind.
func TestGalleryNeedsNoRecord(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	address, out, stop := startCommand(t, "gallery", "--addr", "127.0.0.1:0")
	for path, want := range map[string]string{"/": "Gallery", "/ja/": "ギャラリー", "/en/components/status": `data-status="stalled"`, "/ja/pages/matrix-longest": "とても長い題名"} {
		if got := fetch(t, address+path); !strings.Contains(got, want) {
			t.Errorf("%s lacks %q: %.200s", path, want, got)
		}
	}
	if err := stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	if !strings.Contains(out.String(), "stopped") {
		t.Errorf("did not say that it stopped: %s", out)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("left %v behind, %v", left, err)
	}
}
