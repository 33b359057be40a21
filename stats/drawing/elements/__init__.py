"""What drawings of every kind are made with: the frame, axes, bars and colours."""
