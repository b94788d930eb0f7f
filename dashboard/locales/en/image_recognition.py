import torch
from sklearn.datasets import load_digits
from torch import nn

# 1,797 digits of 8 × 8 pixels that come with scikit-learn. The last 400 serve as test.
torch.manual_seed(0)
torch.set_num_threads(1)
digits = load_digits()
images = torch.tensor(digits.images / 16, dtype=torch.float32).unsqueeze(1)  # (1797, 1, 8, 8)
classes = torch.tensor(digits.target)
x, y, x_test, y_test = images[:-400], classes[:-400], images[-400:], classes[-400:]

network = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1),  # 16 kernels of 3 × 3: 16 maps of 8 × 8
    nn.ReLU(),
    nn.MaxPool2d(2),  # 16 maps of 4 × 4
    nn.Conv2d(16, 32, 3, padding=1),  # patterns of patterns
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(2),
    nn.Flatten(),
    nn.Linear(128, 10),  # a score for each digit
)
descent = torch.optim.Adam(network.parameters(), lr=0.005)
for epoch in range(12):
    for batch in torch.randperm(len(x)).split(32):
        error = nn.functional.cross_entropy(network(x[batch]), y[batch])
        descent.zero_grad()
        error.backward()
        descent.step()

with torch.no_grad():
    scores = network(x_test)
    print(f"{(scores.argmax(1) == y_test).float().mean():.1%} right on 400 images never seen before")
    # Softmax: from scores to probabilities. The greatest score says whether it calls up anything learned.
    for name, image in (("a digit", x_test[:1]), ("noise", torch.rand(1, 1, 8, 8))):
        score = network(image)[0]
        p, k = score.softmax(0).topk(3)
        answers = ", ".join(f"{int(c)} ({q:.0%})" for q, c in zip(p, k))
        print(f"{name}: {answers}; greatest score {score.max():.1f}")
