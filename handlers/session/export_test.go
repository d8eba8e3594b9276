package session

// Fill takes every turn and every place in the queue until they are given back.
func (h *Hasher) Fill() (giveBack func()) {
	for range cap(h.queue) {
		h.queue <- struct{}{}
	}
	for range cap(h.turns) {
		h.turns <- struct{}{}
	}
	return func() {
		for range cap(h.turns) {
			<-h.turns
		}
		for range cap(h.queue) {
			<-h.queue
		}
	}
}

// Queue is how many callers may wait beside those whose turn it is.
func (h *Hasher) Queue() (waiting, turns int) { return cap(h.queue) - cap(h.turns), cap(h.turns) }

// Occupy takes every turn and leaves the queue.
func (h *Hasher) Occupy() {
	for range cap(h.turns) {
		h.turns <- struct{}{}
	}
}

// Dummy is what is compared where there is no account.
func (h *Hasher) Dummy() string { return h.dummy }
