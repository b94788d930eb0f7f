import torch
from torch import nn

# 400 points: a disc (class 1) inside a ring (class 0). One half is for testing.
torch.manual_seed(0)
torch.set_num_threads(1)  # sharing out such small sums costs more than doing them
label = (torch.arange(400) % 2).float()
radius = torch.where(label == 1, 2.5 * torch.rand(400), 3.5 + 1.5 * torch.rand(400))
angle = 2 * torch.pi * torch.rand(400)
x = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
x_test, y_test, x, y = x[200:], label[200:], x[:200], label[:200]

network = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 1))
criterion = nn.BCEWithLogitsLoss()  # cross-entropy; the sigmoid is inside
optimiser = torch.optim.SGD(network.parameters(), lr=0.1)

for epoch in range(1, 61):
    for batch in torch.randperm(len(x)).split(10):
        loss = criterion(network(x[batch]).squeeze(1), y[batch])
        optimiser.zero_grad()
        loss.backward()  # backpropagation: the gradient of every weight
        optimiser.step()  # one step downhill
    if epoch % 15 == 0:
        with torch.no_grad():
            right = ((network(x_test).squeeze(1) > 0) == (y_test == 1)).float().mean()
        print(f"epoch {epoch}: loss {loss:.3f}, {right:.0%} right on the test")
