function h = step(g)
%STEP  The distance between neighbours of a grid.

h = (g.b - g.a) / g.n;
end
