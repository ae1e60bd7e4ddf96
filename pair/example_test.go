package pair_test

import (
	"fmt"
	"time"

	"kith/pair"
)

// A sender who was declined sees what a sender sees who was not answered.
func Example() {
	noon := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	_, _, bram, err := pair.Order("bram", "ada")
	if err != nil {
		fmt.Println(err)
		return
	}
	ada := bram.Other()

	var s pair.State
	for _, act := range []pair.Act{
		{Verb: pair.Send, By: bram, At: noon},
		{Verb: pair.Decline, By: ada, At: noon.Add(time.Hour), Seq: 1},
	} {
		var effects []pair.Effect
		if s, effects, err = pair.Next(s, act); err != nil {
			fmt.Println(err)
			return
		}
		for _, e := range effects {
			fmt.Println(act.Verb, "→", e.Do, "for", e.For)
		}
	}

	later := noon.AddDate(0, 0, 3)
	fmt.Println("Bram sees:", pair.View(s, bram, later).Sent.Course)
	fmt.Println("Ada sees:", pair.View(s, ada, later).Received.Answer)
	_, _, err = pair.Next(s, pair.Act{Verb: pair.Send, By: bram, At: later})
	fmt.Println("Bram tries again:", err)

	// Output:
	// send → spend for B
	// send → tell-invited for A
	// send → start for B
	// decline → count for B
	// Bram sees: running
	// Ada sees: declined
	// Bram tries again: your invitation is still open; wait for an answer or withdraw it
}
