# A small flow model: from noise to a digit, in some twenty lines. It takes a few seconds.
import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)
images, classes = load_digits(return_X_y=True)  # 1797 digits of 8 × 8 pixels, values 0 to 16
images = torch.tensor(images, dtype=torch.float32) / 8 - 1
classes = torch.tensor(classes)
ANY = 10  # "any class", for guidance


class Flow(nn.Module):
    """The velocity of a point (64 numbers) at time t, for a class."""

    def __init__(self):
        super().__init__()
        self.wish = nn.Embedding(11, 32)
        self.net = nn.Sequential(
            nn.Linear(64 + 1 + 32, 256), nn.SiLU(), nn.Linear(256, 256), nn.SiLU(), nn.Linear(256, 64)
        )

    def forward(self, x, t, wish):
        return self.net(torch.cat([x, t, self.wish(wish)], dim=1))


flow = Flow()
optimiser = torch.optim.Adam(flow.parameters(), lr=2e-3)
for step in range(800):
    rows = torch.randint(len(images), (128,))
    end, wish = images[rows], classes[rows].clone()
    wish[torch.rand(128) < 0.1] = ANY  # one time in ten the request is hidden
    start, t = torch.randn_like(end), torch.rand(128, 1)
    x = (1 - t) * start + t * end  # a point of the straight path from noise to image
    loss = (flow(x, t, wish) - (end - start)).square().mean()  # the velocity along this path
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
print(f"loss: {loss:.2f}")

STEPS, GUIDANCE, SEVEN = 20, 1.5, 7
with torch.no_grad():
    x = torch.randn(4, 64)  # the noise
    for step in range(STEPS):
        t = torch.full((4, 1), step / STEPS)
        free = flow(x, t, torch.full((4,), ANY))
        asked = flow(x, t, torch.full((4,), SEVEN))
        x = x + (free + GUIDANCE * (asked - free)) / STEPS  # one step of Euler's
for row in (x.reshape(4, 8, 8).transpose(0, 1).reshape(8, 32) + 1) * 2:
    print("".join(" .+#@"[int(value.clamp(0, 4))] for value in row))
