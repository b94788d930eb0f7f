import numpy as np

# 60 exemples, deux entrées ; une droite cachée décide des réponses, -1 ou +1.
rng = np.random.default_rng(0)
x = rng.uniform(-1, 1, (60, 2))
y = np.where(x @ [1, 2] > 0.3, 1, -1)

w, b, eta = np.zeros(2), 0.0, 0.1  # poids, biais, vitesse d'apprentissage
corrections = 0
for epoque in range(100):
    erreurs = 0
    for exemple, reponse in zip(x, y):
        score = w @ exemple + b
        if reponse * score <= 0:  # mauvais côté : on corrige
            w += eta * reponse * exemple
            b += eta * reponse
            erreurs += 1
    corrections += erreurs
    if erreurs == 0:  # un tour entier sans erreur : c'est fini
        break

print(f"{corrections} corrections, frontière : {w[0]:.2f} x1 {w[1]:+.2f} x2 {b:+.2f} = 0")
