"""The alarm of promised call backs: what rings now, its sound, its bar in the frame."""
