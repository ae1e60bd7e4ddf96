package triage

import "kith"

// Serves gives the ids of the signals that speak for an invitation more strongly
// because of a goal. Goals that look at everybody alike, as that of a large
// network does, have none.
func (j *Judge) Serves(goal kith.Goal) (ids []string) {
	with, worth := kith.GoalSet(goal), j.family[Worth]
	for i := worth.from; i < worth.to; i++ {
		s := &j.signals[i]
		if weighs := s.contribution(1, with); weighs > max(0, s.contribution(1, 0)) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
