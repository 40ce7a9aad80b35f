function x = points(g)
%POINTS  The points of a grid, as a column.

x = g.a + (g.b - g.a) * (0:g.n)' / g.n;
end
