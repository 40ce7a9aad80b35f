function c = rowdot(A, B)
%ROWDOT  The old name of row_dot.

c = row_dot(A, B);
end
