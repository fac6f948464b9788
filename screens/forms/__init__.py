"""Forms: one question a screen, back and forth, a review, consent, saved. Every sign-up is one of these."""
