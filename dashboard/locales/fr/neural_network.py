import torch
from torch import nn

# 400 points : un disque (classe 1) dans un anneau (classe 0). Une moitié sert au test.
torch.manual_seed(0)
torch.set_num_threads(1)  # un seul fil : partager de si petits calculs coûte plus que les faire
classe = (torch.arange(400) % 2).float()
rayon = torch.where(classe == 1, 2.5 * torch.rand(400), 3.5 + 1.5 * torch.rand(400))
angle = 2 * torch.pi * torch.rand(400)
x = torch.stack([rayon * angle.cos(), rayon * angle.sin()], dim=1)
x_test, y_test, x, y = x[200:], classe[200:], x[:200], classe[:200]

reseau = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 1))
perte = nn.BCEWithLogitsLoss()  # entropie croisée ; la sigmoïde est dedans
descente = torch.optim.SGD(reseau.parameters(), lr=0.1)

for epoque in range(1, 61):
    for lot in torch.randperm(len(x)).split(10):
        erreur = perte(reseau(x[lot]).squeeze(1), y[lot])
        descente.zero_grad()
        erreur.backward()  # rétropropagation : le gradient de chaque poids
        descente.step()  # un pas vers le bas
    if epoque % 15 == 0:
        with torch.no_grad():
            juste = ((reseau(x_test).squeeze(1) > 0) == (y_test == 1)).float().mean()
        print(f"époque {epoque} : perte {erreur:.3f}, {juste:.0%} de justes au test")
