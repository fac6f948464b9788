"""Forms: one question a screen, back and forward, review, consent, save. Every sign-up is a form."""
