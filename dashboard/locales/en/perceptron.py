import numpy as np

# 60 examples, two inputs; a hidden line decides the answers, -1 or +1.
rng = np.random.default_rng(0)
x = rng.uniform(-1, 1, (60, 2))
y = np.where(x @ [1, 2] > 0.3, 1, -1)

w, b, eta = np.zeros(2), 0.0, 0.1  # weights, bias, learning rate
corrections = 0
for epoch in range(100):
    errors = 0
    for example, answer in zip(x, y):
        score = w @ example + b
        if answer * score <= 0:  # the wrong side: correct
            w += eta * answer * example
            b += eta * answer
            errors += 1
    corrections += errors
    if errors == 0:  # a whole round without a mistake: done
        break

print(f"{corrections} corrections, boundary: {w[0]:.2f} x1 {w[1]:+.2f} x2 {b:+.2f} = 0")
