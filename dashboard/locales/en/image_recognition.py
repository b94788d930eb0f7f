print('…')
